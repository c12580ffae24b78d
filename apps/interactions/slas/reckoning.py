"""What a contact's row and its events come to in targets, by a brand's policies. Runs inside the brand's door."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from apps.interactions.models import Direction, Interaction, InteractionEvent, SlaInstance
from apps.interactions.refolding import as_given
from apps.interactions.sla.clocks import Instance
from apps.interactions.sla.policies import Subject, first_fitting
from apps.interactions.sla.stream import instances
from apps.interactions.slas.policies import Policies
from apps.interactions.timing.columns import COLUMNS, Columns, said_before
from apps.interactions.timing.events import Event, EventKind

# The columns of a target that are reckoned.
RECKONED: Final = tuple(Instance.__dataclass_fields__)
# Of a contact what its targets go by, and no text of its customer's.
READ: Final = (
    "source", "external_id", "opened_at", "channel", "direction", "as_imported", "customer__segment",
    *(name.removesuffix("_id") for name in COLUMNS),
)  # fmt: skip


def events_of(rows: Iterable[Interaction]) -> dict[tuple[str, str], list[Event]]:
    """Read the events of contacts, by source and external id."""
    by_source: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        by_source[row.source].append(row.external_id)
    found: dict[tuple[str, str], list[Event]] = defaultdict(list)
    columns = ("kind", "at", "external_id", "agent_id", "queue_id", "priority")
    for source, external_ids in by_source.items():
        told = InteractionEvent.objects.filter(source=source, interaction_external_id__in=external_ids)
        for external_id, kind, *rest in told.values_list("interaction_external_id", *columns):
            found[source, external_id].append(Event(EventKind(kind), *rest))
    return found


def targets_of_contact(row: Interaction, events: list[Event], policies: Policies) -> Iterator[SlaInstance]:
    """Return the targets of a contact that a customer began: what its row said goes before its events."""
    if row.direction != Direction.INBOUND:
        return
    said = _said(row)
    subject = Subject(
        opened_at=row.opened_at,
        channel=row.channel,
        priority=said.priority,
        queue=said.queue_id or next((event.queue for event in sorted(events, key=_place) if event.queue), None),
        segment=row.customer.segment if row.customer else None,
    )
    policy = first_fitting(policies.all, subject)
    if policy is None:
        return
    calendar = policies.calendars.get(policy.calendar) if policy.calendar else None
    for made in instances(subject, [*_before(row.opened_at, said, events), *events], policy, calendar):
        columns = {name: getattr(made, name) for name in RECKONED}
        yield SlaInstance(interaction_id=row.id, version_id=policy.version_id, **columns)


def _said(row: Interaction) -> Columns:
    """Return what a row said of the columns that events tell."""
    if row.as_imported is not None:
        return as_given(row.as_imported)
    stored = {name: getattr(row, name) for name in COLUMNS}
    return Columns(**stored | {"reopened_at": None if row.reopened_at is None else tuple(row.reopened_at)})


def _before(opened_at: datetime, said: Columns, events: Sequence[Event]) -> Iterator[Event]:
    """Yield as events what a row said had happened before the first one."""
    first = min((event.at for event in events), default=None)
    yield from said_before(said, first)
    waited = opened_at + timedelta(seconds=said.wait_seconds or 0)
    if first is None or waited < first:
        if said.abandoned:
            yield Event(EventKind.ABANDONED, waited, "\0abandoned")
        elif said.answered and said.wait_seconds is not None:
            yield Event(EventKind.ANSWERED, waited, "\0answered")


def _place(event: Event) -> tuple[datetime, int, str]:
    return event.place

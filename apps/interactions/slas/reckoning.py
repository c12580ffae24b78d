"""What a contact's row and its events come to in targets, by a brand's policies. Runs inside the brand's door."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import Q

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
_CHUNK: Final = 1_000


class Contact(NamedTuple):
    """A contact as its targets go by it. `said`: what its row says of the columns that events tell."""

    id: UUID
    source: str
    external_id: str
    opened_at: datetime
    channel: str
    direction: str
    segment: str | None
    said: Columns


_OWN: Final = ("id", "source", "external_id", "opened_at", "channel", "direction", "customer__segment")


def contacts(where: Q) -> Iterator[Contact]:
    """Stream such contacts, the first opened first. Models of them would cost as much as reckoning their targets."""
    rows = Interaction.objects.filter(where).order_by("opened_at", "id")
    for row in rows.values_list(*_OWN, "as_imported", *COLUMNS).iterator(chunk_size=_CHUNK):
        identity, source, external_id, opened_at, channel, direction, segment, as_imported, *stored = row
        said = _columns(stored) if as_imported is None else as_given(as_imported)
        yield Contact(identity, source, external_id, opened_at, channel, direction, segment, said)


def events_of(rows: Iterable[Contact]) -> dict[tuple[str, str], list[Event]]:
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


def targets_of_contact(row: Contact, events: list[Event], policies: Policies) -> Iterator[SlaInstance]:
    """Return the targets of a contact that a customer began: what its row said goes before its events."""
    if row.direction != Direction.INBOUND:
        return
    said = row.said
    subject = Subject(
        opened_at=row.opened_at,
        channel=row.channel,
        priority=said.priority,
        queue=said.queue_id or next((event.queue for event in sorted(events, key=_place) if event.queue), None),
        segment=row.segment,
    )
    policy = first_fitting(policies.all, subject)
    if policy is None:
        return
    calendar = policies.calendars.get(policy.calendar) if policy.calendar else None
    for made in instances(subject, [*_before(row.opened_at, said, events), *events], policy, calendar):
        columns = {name: getattr(made, name) for name in RECKONED}
        yield SlaInstance(interaction_id=row.id, version_id=policy.version_id, **columns)


def _columns(values: Sequence[Any]) -> Columns:
    stored = dict(zip(COLUMNS, values, strict=True))
    reopened = stored["reopened_at"]
    return Columns(**stored | {"reopened_at": None if reopened is None else tuple(reopened)})


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

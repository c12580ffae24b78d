"""Make the targets of contacts anew, by the days on which these were opened. The only writer of targets.

A batch of days is one transaction, and one batch of a brand is made at a time. What is the same stays as it is, so
running twice changes nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import islice
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from apps.interactions.models import Direction, Interaction, InteractionEvent, SlaInstance, SlaPolicy
from apps.interactions.refolding import as_given
from apps.interactions.sla.clocks import Instance
from apps.interactions.sla.policies import Subject, first_fitting
from apps.interactions.sla.stream import instances
from apps.interactions.slas.marks import MADE_TOPIC, TOPIC
from apps.interactions.slas.policies import Policies, policies_of_brand
from apps.interactions.slas.watch import targets_topic
from apps.interactions.timing.columns import COLUMNS, Columns, said_before
from apps.interactions.timing.events import Event, EventKind
from cxplatform.dirty.marks import mark
from cxplatform.dirty.models import DirtyMark
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from cxplatform.tenancy.topics import publish

MOST_DAYS: Final = 31
MOST_MARKS: Final = 20_000
TIMEOUT_MS: Final = 60_000
_CHUNK: Final = 1_000
_COLUMNS: Final = tuple(Instance.__dataclass_fields__)
_Key = tuple[UUID, str, int]


def renew(brand: BrandRef) -> bool:
    """Make the targets of at most 31 marked days anew, in one door; return whether more are left."""
    with brand_tx(brand, statement_timeout_ms=TIMEOUT_MS):
        # Nobody else renews, and nobody changes policies, until this is committed.
        promised = list(SlaPolicy.objects.select_for_update(no_key=True).order_by("id").values_list("id", flat=True))
        marks = DirtyMark.objects.filter(topic=TOPIC)
        days = list(marks.order_by("day").values_list("day", flat=True).distinct()[: MOST_DAYS + 1])
        batch = days[:MOST_DAYS]
        done = list(marks.filter(day__in=batch).values_list("id", flat=True)[:MOST_MARKS])
        if promised and batch:
            policies = policies_of_brand()
            changed = {day for each in batch for day in _renew_day(each, policies, brand.zone)}
            mark(MADE_TOPIC, changed)
            transaction.on_commit(partial(publish, targets_topic(brand.id)), robust=True)
        marks.filter(id__in=done).delete()
        return len(days) > MOST_DAYS or len(done) == MOST_MARKS


def _renew_day(day: date, policies: Policies, zone: ZoneInfo) -> Iterator[date]:
    """Renew the targets of the contacts opened on a local day; yield the days on which they started and start."""
    start, end = (datetime.combine(each, time(), zone).astimezone(UTC) for each in (day, day + timedelta(days=1)))
    rows = Interaction.objects.filter(opened_at__gte=start, opened_at__lt=end)
    streamed = rows.select_related("customer").order_by("opened_at", "id").iterator(chunk_size=_CHUNK)
    while chunk := list(islice(streamed, _CHUNK)):
        for moment in _renew(chunk, policies):
            yield moment.astimezone(zone).date()


def _renew(rows: Sequence[Interaction], policies: Policies) -> Iterator[datetime]:
    events = _events(rows)
    wanted: dict[_Key, SlaInstance] = {}
    for row in rows:
        for made in _made(row, events.get((row.source, row.external_id), []), policies):
            wanted[row.id, made.measure, made.number] = made
    stored = {_key(each): each for each in SlaInstance.objects.filter(interaction__in=[row.id for row in rows])}
    started = {each.started_at for each in stored.values()}
    gone = [each for key, each in stored.items() if key not in wanted]
    fresh = [each for key, each in wanted.items() if key not in stored]
    changed = [stored[key] for key, each in wanted.items() if key in stored and _take_over(stored[key], each)]
    SlaInstance.objects.filter(id__in=[each.id for each in gone]).delete()
    SlaInstance.objects.bulk_create(fresh, batch_size=_CHUNK)
    SlaInstance.objects.bulk_update(changed, ["version", *_COLUMNS], batch_size=_CHUNK)
    # A contact whose columns changed is cut by others, though its targets stay: every target's day is counted anew.
    yield from started.union(each.started_at for each in wanted.values())


def _events(rows: Iterable[Interaction]) -> dict[tuple[str, str], list[Event]]:
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


def _made(row: Interaction, events: list[Event], policies: Policies) -> Iterator[SlaInstance]:
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
        columns = {name: getattr(made, name) for name in _COLUMNS}
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


def _key(stored: SlaInstance) -> _Key:
    return stored.interaction_id, stored.measure, stored.number


def _take_over(stored: SlaInstance, wanted: SlaInstance) -> bool:
    """Give a stored target what it is now, and tell whether it was something else."""
    changed = False
    for name in ("version_id", *_COLUMNS):
        value: Any = getattr(wanted, name)
        if getattr(stored, name) != value:
            setattr(stored, name, value)
            changed = True
    return changed

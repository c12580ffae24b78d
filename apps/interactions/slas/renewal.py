"""Make the targets of marked contacts anew, and of all that were opened on marked days. The only writer of targets.

A batch is one transaction, and one batch of a brand is made at a time. What is the same stays as it is, so running
twice changes nothing.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial, reduce
from itertools import islice
from operator import or_
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from apps.interactions.models import Interaction, SlaInstance, SlaMark, SlaPolicy
from apps.interactions.slas.marks import MADE_TOPIC, TOPIC
from apps.interactions.slas.policies import Policies, lock_promises, policies_of_brand
from apps.interactions.slas.reckoning import RECKONED, Contact, contacts, events_of, targets_of_contact
from apps.interactions.slas.watch import targets_topic
from cxplatform.dirty.marks import mark
from cxplatform.dirty.models import DirtyMark
from cxplatform.imports.objects import store_changed, store_new
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from cxplatform.tenancy.plans import plan_anew
from cxplatform.tenancy.topics import publish

MOST_DAYS: Final = 31
MOST_MARKS: Final = 20_000
MOST_CONTACTS: Final = 2_000
TIMEOUT_MS: Final = 60_000
_CHUNK: Final = 1_000
_Key = tuple[UUID, str, int]


def renew(brand: BrandRef) -> bool:
    """Make the targets of at most 31 marked days and 2,000 marked contacts anew, in one door; tell whether more are."""
    with brand_tx(brand, statement_timeout_ms=TIMEOUT_MS):
        plan_anew()
        lock_promises()
        promised = SlaPolicy.objects.exists()
        marks = DirtyMark.objects.filter(topic=TOPIC)
        days = list(marks.order_by("day").values_list("day", flat=True).distinct()[: MOST_DAYS + 1])
        batch = days[:MOST_DAYS]
        done = list(marks.filter(day__in=batch).values_list("id", flat=True)[:MOST_MARKS])
        # What is committed after these looks leaves its mark; what was before is seen below.
        chosen = [_opened_on(day, brand.zone) for day in batch]
        covered = _marked_of(chosen)
        told = dict(SlaMark.objects.order_by("id").values_list("id", "interaction_id")[:MOST_CONTACTS])
        single = {key for mark_id, key in told.items() if mark_id not in covered}
        if promised and (batch or single):
            started = _renew_all(reduce(or_, [Q(id__in=single), *chosen]), policies_of_brand())
            mark(MADE_TOPIC, {moment.astimezone(brand.zone).date() for moment in started})
            transaction.on_commit(partial(publish, targets_topic(brand.id)), robust=True)
        marks.filter(id__in=done).delete()
        SlaMark.objects.filter(id__in=covered.union(told)).delete()
        return len(days) > MOST_DAYS or len(done) == MOST_MARKS or len(told) == MOST_CONTACTS


def _marked_of(days: Sequence[Q]) -> set[UUID]:
    """Return the marks of single contacts whose days are made anew anyway, as after an import that a policy follows."""
    if not days:
        return set()
    opened = Interaction.objects.filter(reduce(or_, days))
    return set(SlaMark.objects.filter(interaction_id__in=opened.values("id")).values_list("id", flat=True)[:MOST_MARKS])


def _opened_on(day: date, zone: ZoneInfo) -> Q:
    start, end = (datetime.combine(each, time(), zone).astimezone(UTC) for each in (day, day + timedelta(days=1)))
    return Q(opened_at__gte=start, opened_at__lt=end)


def _renew_all(where: Q, policies: Policies) -> Iterator[datetime]:
    """Renew the targets of such contacts; yield when they started and start."""
    streamed = contacts(where)
    while chunk := list(islice(streamed, _CHUNK)):
        yield from _renew(chunk, policies)


def _renew(rows: Sequence[Contact], policies: Policies) -> Iterator[datetime]:
    events = events_of(rows)
    wanted: dict[_Key, SlaInstance] = {}
    for row in rows:
        for made in targets_of_contact(row, events.get((row.source, row.external_id), []), policies):
            wanted[row.id, made.measure, made.number] = made
    stored = {_key(each): each for each in SlaInstance.objects.filter(interaction__in=[row.id for row in rows])}
    started = {each.started_at for each in stored.values()}
    gone = [each for key, each in stored.items() if key not in wanted]
    fresh = [each for key, each in wanted.items() if key not in stored]
    changed = [stored[key] for key, each in wanted.items() if key in stored and _take_over(stored[key], each)]
    SlaInstance.objects.filter(id__in=[each.id for each in gone]).delete()
    store_new(fresh)
    store_changed(changed, ["version", *RECKONED])
    # A contact whose columns changed is cut by others, though its targets stay: every target's day is counted anew.
    yield from started.union(each.started_at for each in wanted.values())


def _key(stored: SlaInstance) -> _Key:
    return stored.interaction_id, stored.measure, stored.number


def _take_over(stored: SlaInstance, wanted: SlaInstance) -> bool:
    """Give a stored target what it is now, and tell whether it was something else."""
    changed = False
    for name in ("version_id", *RECKONED):
        value: Any = getattr(wanted, name)
        if getattr(stored, name) != value:
            setattr(stored, name, value)
            changed = True
    return changed

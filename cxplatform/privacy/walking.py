"""The way of a sweep: all people in the order of their keys, then the tables whose rows may lead to nobody."""

from typing import Final, NamedTuple
from uuid import UUID

from django.utils import timezone

from cxplatform.imports.locks import lock_all_kinds
from cxplatform.privacy.activity import due, sorts_since
from cxplatform.privacy.catalogue import everybody
from cxplatform.privacy.erasing import count_left, erase_some
from cxplatform.privacy.models import RetentionSweep
from cxplatform.privacy.unclaimed import count_unclaimed, erase_unclaimed, next_keys, tables

PEOPLE_AT_ONCE: Final = 500
FIRST: Final = str(UUID(int=0))


class Place(NamedTuple):
    """Where a sweep is: after which key, of people (`table` 0) or of the first, second, … of `tables`."""

    after: str = FIRST
    table: int = 0


def go_over(sweep: RetentionSweep, place: Place) -> tuple[int, Place | None]:
    """Erase some rows at a place, or count them all; return how many, and where to go on: None at the end."""
    if place.table == 0:
        return _over_people(sweep, place)
    return _over_rows(sweep, place)


def _over_people(sweep: RetentionSweep, place: Place) -> tuple[int, Place | None]:
    after = everybody().filter(pk__gt=UUID(place.after)).order_by("pk")
    people = list(after.values_list("pk", flat=True)[:PEOPLE_AT_ONCE])
    if not people:
        return 0, Place(table=1)
    counted = 0
    if not sweep.dry_run:
        lock_all_kinds()
    # By the day it began on: what of somebody is due does not change on the way.
    for sorts, inactive in due(people, sweep, sweep.requested_at).items():
        if sweep.dry_run:
            counted += count_left(inactive, sorts)
        elif done := erase_some(inactive, sorts, now=timezone.now()):
            return done, place
    return counted, Place(str(people[-1]))


def _over_rows(sweep: RetentionSweep, place: Place) -> tuple[int, Place | None]:
    if place.table > len(tables()):
        return 0, None
    table, since = tables()[place.table - 1], sorts_since(sweep, sweep.requested_at)
    keys = next_keys(table, UUID(place.after)) if since else []
    if not keys:
        return 0, Place(table=place.table + 1)
    due_rows = count_unclaimed(table, keys, since)
    if due_rows and not sweep.dry_run:
        lock_all_kinds()
        if done := erase_unclaimed(table, keys, since, now=timezone.now()):
            return done, place
    return due_rows if sweep.dry_run else 0, Place(str(keys[-1]), place.table)

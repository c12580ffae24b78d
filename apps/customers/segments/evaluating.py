"""Who is in a segment by its rules now: stays begin and end, for so many customers at a time in the order of their ids.

Rules are asked and compared with who is inside for few customers at once, so that the work is what it is times the
customers, whatever the database knows of its tables.
"""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Greatest

from apps.customers.models import Customer, Segment, SegmentMember, SegmentStay
from apps.customers.segments.asked import Asked
from apps.customers.segments.conditions import matching
from cxplatform.ids import uuid7
from cxplatform.imports.loading import copy_rows
from cxplatform.imports.tables import table_column
from cxplatform.tenancy.plans import joined_by_hash

FIRST: Final = UUID(int=0)
# Of whom one step asks: a few seconds' work.
MOST_ASKED: Final = 100_000
_AT_ONCE: Final = 5_000


def evaluate(segment_id: UUID, *, now: datetime, after: UUID = FIRST, most: int = MOST_ASKED) -> UUID | None:
    """Let customers enter and leave a segment, in the open door: so many of those after an id.

    Returns the id to go on after; None means that all were asked, or that the segment is retired.
    """
    segment = Segment.objects.select_for_update(no_key=True).get(pk=segment_id)
    if segment.retired_at is not None:
        return None
    for begun in range(0, most, _AT_ONCE):
        until = _end(after, min(_AT_ONCE, most - begun))
        _move(segment, Asked(now, after, until))
        if until is None:
            _keep(segment, now)
            return None
        after = until
    return after


def leave(members: "QuerySet[Any]", now: datetime) -> int:
    """End stays: now, or as soon as they began where that is later by another clock. Return how many."""
    return members.update(left_at=Greatest(F("entered_at"), Value(now)))


def _end(after: UUID, number: int) -> UUID | None:
    """Return the id of the last of so many customers; None where there are fewer."""
    following = Customer.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)
    return next(iter(following[number - 1 : number]), None)


def _move(segment: Segment, asked: Asked) -> None:
    members = SegmentMember.objects.filter(segment=segment)
    inside = set(asked.among(members).values_list("customer_id", flat=True))
    with joined_by_hash():
        matched = set(matching(segment.rules, asked).values_list("pk", flat=True))
    if inside - matched:
        leave(members.filter(customer__in=inside - matched), asked.now)
    _enter(segment.pk, sorted(matched - inside), asked.now)


def _enter(segment_id: UUID, customers: list[UUID], now: datetime) -> None:
    columns = [table_column(field) for field in SegmentStay._meta.concrete_fields]
    if customers:
        rows = [(uuid7(), segment_id, customer, now, None) for customer in customers]
        copy_rows(SegmentStay._meta.db_table, columns, rows)


def _keep(segment: Segment, now: datetime) -> None:
    segment.size, segment.evaluated_at = SegmentMember.objects.filter(segment=segment).count(), now
    segment.failed_at = segment.failure = None
    segment.save(update_fields=["size", "evaluated_at", "failed_at", "failure"])

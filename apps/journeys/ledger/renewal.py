"""Make marked days of the ledger anew. Beside what people record, the only writer of outcomes.

A batch is one transaction, and one batch of a brand is made at a time. Running twice changes nothing.
"""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from apps.journeys.ledger.judging import judge
from apps.journeys.ledger.marks import TOPIC, lock_ledger
from cxplatform.dirty.marks import mark
from cxplatform.dirty.models import DirtyMark
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from cxplatform.tenancy.plans import plan_anew

MOST_DAYS: Final = 7
MOST_MARKS: Final = 20_000
TIMEOUT_MS: Final = 60_000


def renew(brand: BrandRef) -> bool:
    """Make the outcomes of a week of marked days anew, in one door; tell whether more are marked."""
    with brand_tx(brand, statement_timeout_ms=TIMEOUT_MS):
        plan_anew()
        lock_ledger()
        marks = DirtyMark.objects.filter(topic=TOPIC)
        days = list(marks.order_by("day").values_list("day", flat=True).distinct()[: MOST_DAYS + 1])
        batch = days[:MOST_DAYS]
        # What is committed after this look leaves its mark; what was before is seen below.
        done = list(marks.filter(day__in=batch).values_list("id", flat=True)[:MOST_MARKS])
        if batch:
            _mark(judge([_span(day, brand.zone) for day in batch]))
        marks.filter(id__in=done).delete()
        return len(days) > MOST_DAYS or len(done) == MOST_MARKS


def renew_evidence(evidence: Collection[UUID]) -> None:
    """Make the outcomes that some evidence is about anew at once, in the open door."""
    lock_ledger()
    _mark(judge([], evidence))


def _mark(changed: Sequence[tuple[str, date]]) -> None:
    for topic in {topic for topic, _ in changed}:
        mark(topic, [day for of, day in changed if of == topic])


def _span(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    start, end = (datetime.combine(each, time(), zone).astimezone(UTC) for each in (day, day + timedelta(days=1)))
    return start, end

"""Which days of the ledger are to be made anew, beyond those that imports of touchpoint events mark themselves."""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import TruncDate

from apps.journeys.models import BrandPromise, TouchpointEvent
from cxplatform.dirty.marks import mark
from cxplatform.tenancy.doors import current_brand
from cxplatform.tenancy.locks import lock

# Days on which something happened that a promise may have been about.
TOPIC: Final = "promise"
# Days whose outcomes are to be counted anew.
OUTCOME_TOPIC: Final = "promise_outcome"


def lock_ledger() -> None:
    """Wait until nobody else changes what is promised where, or makes the ledger; held to the end of the transaction.

    An event committed beside a promise that is not would lose its mark to a ledger made without that.
    """
    lock("promise ledger")


def mark_placed(touchpoint_ids: Collection[UUID], since: datetime) -> None:
    """Mark the days from an instant on on which something happened at touchpoints that stand elsewhere now."""
    lock_ledger()
    _mark_days(TouchpointEvent.objects.filter(touchpoint__in=touchpoint_ids, occurred_at__gte=since))


def mark_named(promise: BrandPromise) -> None:
    """Mark the days of events that named a promise before it was made."""
    lock_ledger()
    _mark_days(TouchpointEvent.objects.filter(promise=promise.key))


def _mark_days(events: "QuerySet[TouchpointEvent]") -> None:
    day = TruncDate("occurred_at", tzinfo=current_brand().zone)
    mark(TOPIC, events.order_by().values_list(day, flat=True).distinct())

"""Which days of the ledger are to be made anew, beyond those that imports of touchpoint events mark themselves."""

from typing import Final

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


def mark_named(promise: BrandPromise) -> None:
    """Mark the days of events that named a promise before it was made."""
    lock_ledger()
    day = TruncDate("occurred_at", tzinfo=current_brand().zone)
    events = TouchpointEvent.objects.filter(promise=promise.key).order_by()
    mark(TOPIC, events.values_list(day, flat=True).distinct())

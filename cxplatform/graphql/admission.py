"""Admit an operation: what it may cost is charged before it runs, and what it did not cost is given back."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings

from cxplatform.graphql.context import RequestContext
from cxplatform.graphql.costs import Cost
from cxplatform.throttle.buckets import RateLimited
from cxplatform.throttle.seats import Seats
from cxplatform.throttle.sizes import buckets_of
from cxplatform.throttle.throttle import Charge, throttle

# Reading a document to find that it will not do costs as much as answering a small one, and more the longer it is.
_A_REFUSAL = 10
_CHARACTERS_A_POINT = 200


@dataclass(frozen=True)
class Bill:
    """What an operation was charged; nothing, where nobody is throttled."""

    cost: Cost
    charge: Charge | None

    def told(self, rows_read: int) -> dict[str, Any]:
        """Write what a client is told of the cost."""
        actual = self.cost.actual(rows_read)
        told: dict[str, Any] = {"requested": self.cost.requested, "actual": actual, "throttle": None}
        if self.charge is not None:
            left = self.charge.after(self.cost.requested - actual)
            told["throttle"] = {
                bucket.kind: {
                    "maximumAvailable": bucket.capacity,
                    "currentlyAvailable": available,
                    "restoreRate": bucket.a_second,
                }
                for bucket, available in zip(self.charge.buckets, left, strict=True)
            }
        return told


@contextmanager
def admitted(cost: Cost, context: RequestContext, *, seated: bool) -> Iterator[Bill]:
    """Charge the operation's cost, and give back the difference when it is done; `seated`: on one of its brand's seats.

    Raises: RateLimited.
    """
    if not settings.CX_THROTTLE or context.resumed:
        yield Bill(cost, None)
        return
    # First, for whoever has too few points need not hold a thread to learn it.
    charge = throttle().charge(buckets_of(context.viewer.key_id, context.brand), cost.requested)
    with ExitStack() as stack:
        if seated and context.brand is not None:
            try:
                stack.enter_context(_seats().of(context.brand.id, settings.CX_BRAND_SEATS))
            except RateLimited:
                charge.refund(cost.requested)
                raise
        try:
            yield Bill(cost, charge)
        finally:
            charge.refund(cost.requested - cost.actual(context.rows_read))


def charge_refusal(text: str, context: RequestContext) -> None:
    """Charge for a document that was read and refused. Raises: RateLimited."""
    if settings.CX_THROTTLE:
        points = _A_REFUSAL + len(text) // _CHARACTERS_A_POINT
        throttle().charge(buckets_of(context.viewer.key_id, context.brand), points)


@cache
def _seats() -> Seats:
    return Seats()

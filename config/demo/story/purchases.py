"""What customers buy, and how the journey there and after goes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from config.demo.story.customers import Customer, Customers
from config.demo.story.plans import Plan
from config.demo.story.weeks import WEEKS, Weeks, moment_in, wave

ORDER_COLUMNS = ("external_id", "customer", "ordered_at", "amount", "currency", "kind")
EVENT_COLUMNS = (
    *("external_id", "customer", "touchpoint", "occurred_at", "outcome", "duration_ms", "promise"),
    *("promise_kept", "attributes"),
)
DELIVERY_PROMISE = "delivered within 3 working days"
_REFUNDED = 0.07


@dataclass(frozen=True)
class Purchase:
    """One order, in cents; `returned` is when its refund was made."""

    number: int
    local: datetime
    customer: Customer
    cents: int
    returned: datetime | None


class Purchases:
    """The stream of orders in weeks; iterating again tells the same."""

    def __init__(self, plan: Plan, weeks: Weeks, customers: Customers) -> None:
        self._plan = plan
        self._weeks = weeks
        self._customers = customers

    def __iter__(self) -> Iterator[Purchase]:
        rng = Random(f"{self._plan.slug} orders")  # noqa: S311  # made-up data
        number = 0
        for week in range(WEEKS):
            for _ in range(round(self._plan.orders_a_week * wave(week))):
                local = moment_in(rng, self._weeks.week(week), office_hours=False)
                customer = self._customers.draw(rng, local, skew=2.2)
                cents = int(100 * 58 * rng.lognormvariate(0, 0.6))
                refunded = rng.random() < _REFUNDED
                returned = local + timedelta(days=rng.uniform(6, 24)) if refunded else None
                number += 1
                if local < self._weeks.end:
                    yield Purchase(number, local, customer, cents, returned)

    def order_rows(self) -> Iterator[dict[str, str]]:
        """Write each order, and its refund if that was made by the end of the data."""
        for purchase in self:
            key = f"O-{purchase.number:06d}"
            yield self._order(purchase, key, purchase.local, "PURCHASE")
            if purchase.returned is not None and purchase.returned < self._weeks.end:
                yield self._order(purchase, f"{key}-refund", purchase.returned, "REFUND")

    def event_rows(self) -> Iterator[dict[str, str]]:
        """Write what customers went through around each order."""
        rng = Random(f"{self._plan.slug} events")  # noqa: S311  # made-up data
        for purchase in self:
            for event in self._events(rng, purchase):
                if event["occurred_at"]:
                    yield event

    def _order(self, purchase: Purchase, key: str, local: datetime, kind: str) -> dict[str, str]:
        at = self._weeks.utc(local)
        return order_row(self._plan, key, purchase.customer, ordered_at=at, cents=purchase.cents, kind=kind)

    def _events(self, rng: Random, purchase: Purchase) -> Iterator[dict[str, str]]:
        effect = self._weeks.effect(purchase.local)
        paid = purchase.local - timedelta(minutes=rng.uniform(0.5, 6))
        bad = 0.30 - 0.18 * effect
        yield self._event(rng, purchase, "checkout", paid, bad=bad, median_ms=95_000)
        days = rng.uniform(1.5, 3) if rng.random() < 0.93 else rng.uniform(4, 12)
        delivered = purchase.local + timedelta(days=days)
        kept = {"promise": DELIVERY_PROMISE, "promise_kept": "true" if days <= 3 else "false"}
        yield self._event(rng, purchase, "delivery", delivered, bad=0.0 if days <= 3 else 0.9, median_ms=0) | kept
        sent_back = purchase.returned - timedelta(days=4) if purchase.returned else purchase.local
        returning = self._event(rng, purchase, "returns", sent_back, bad=0.42 - 0.30 * effect, median_ms=240_000)
        if purchase.returned:
            yield returning

    def _event(
        self, rng: Random, purchase: Purchase, touchpoint: str, local: datetime, *, bad: float, median_ms: int
    ) -> dict[str, str]:
        smooth = rng.random() >= bad
        outcome = "SMOOTH" if smooth else "FRICTION" if rng.random() < 0.7 else "FAILED"
        duration = median_ms * rng.lognormvariate(0, 0.5) * (1 if smooth else 2.5)
        return {
            "external_id": f"E-{purchase.number:06d}-{touchpoint}",
            "customer": purchase.customer.key,
            "touchpoint": touchpoint,
            "occurred_at": self._weeks.utc_by_end(local),
            "outcome": outcome,
            "duration_ms": str(int(duration)) if median_ms else "",
            "promise": "",
            "promise_kept": "",
            "attributes": "",
        }


def order_row(plan: Plan, key: str, customer: Customer, *, ordered_at: str, cents: int, kind: str) -> dict[str, str]:
    """Write an order of any kind, in the brand's currency."""
    return {
        "external_id": key,
        "customer": customer.key,
        "ordered_at": ordered_at,
        "amount": f"{cents // 100}.{cents % 100:02d}",
        "currency": plan.currency,
        "kind": kind,
    }

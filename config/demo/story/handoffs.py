"""How orders and returns went from department to department: drawn by themselves, so that nothing else changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Final

from config.demo.story import dana
from config.demo.story.plans import Plan
from config.demo.story.purchases import DELIVERY_PROMISE, Purchase, Purchases
from config.demo.story.weeks import Weeks

COLUMNS: Final = (
    *("external_id", "customer", "from_department", "to_department", "handed_at", "accepted_at"),
    *("accept_within_seconds", "context_passed", "question_repeated", "promise", "promise_kept", "interaction"),
)
LAST_HANDOFF: Final = "H-dana-2"
SHOP, LOGISTICS, POLICY = "E-commerce", "Logistics", "Customer policy"
_TOLD: Final = 0.4
_DAY: Final = 86_400


@dataclass(frozen=True)
class Pair:
    """How a pair of departments did before the redesign, and how much of what was lost it saved."""

    giver: str
    taker: str
    part: str
    context: float
    repeated: float
    median_hours: float
    saved: float


_ORDERS: Final = Pair(SHOP, LOGISTICS, "order", context=0.74, repeated=0.24, median_hours=7, saved=0.6)
_RETURNS: Final = Pair(LOGISTICS, POLICY, "return", context=0.52, repeated=0.46, median_hours=16, saved=0.8)


class Handoffs:
    """The hand-offs of a brand's year; iterating again tells the same."""

    def __init__(self, plan: Plan, weeks: Weeks, purchases: Purchases, hers: dana.Dana) -> None:
        self._plan, self._weeks, self._purchases, self._dana = plan, weeks, purchases, hers

    def rows(self) -> Iterator[dict[str, str]]:
        rng = Random(f"{self._plan.slug} handoffs")  # noqa: S311  # made-up data
        for purchase in self._purchases:
            told, handed = rng.random() < _TOLD, purchase.local + timedelta(hours=rng.uniform(0.5, 5))
            row = self._row(rng, purchase, _ORDERS, handed) | {"promise": DELIVERY_PROMISE}
            if told and handed < self._weeks.end:
                yield row
            if purchase.returned is not None:
                yield from self._return(rng, purchase, purchase.returned - timedelta(days=3))
        yield from self._dana.handoffs(SHOP, LOGISTICS, POLICY)

    def _return(self, rng: Random, purchase: Purchase, handed: datetime) -> Iterator[dict[str, str]]:
        row = self._row(rng, purchase, _RETURNS, handed)
        kept = rng.random() < _better(0.58, self._weeks.effect(handed), _RETURNS.saved)
        if handed < self._weeks.end:
            yield row | {"promise_kept": _said(kept)}

    def _row(self, rng: Random, purchase: Purchase, pair: Pair, handed: datetime) -> dict[str, str]:
        effect = self._weeks.effect(handed)
        hours = pair.median_hours * (1 - 0.4 * effect) * rng.lognormvariate(0, 0.7)
        context = rng.random() < _better(pair.context, effect, pair.saved)
        asked_once = rng.random() < _better(1 - pair.repeated, effect, pair.saved)
        return {
            "external_id": f"H-{purchase.number:06d}-{pair.part}",
            "customer": purchase.customer.key,
            "from_department": pair.giver,
            "to_department": pair.taker,
            "handed_at": self._weeks.utc(handed),
            "accepted_at": self._weeks.utc_by_end(handed + timedelta(hours=hours)),
            "accept_within_seconds": str(_DAY),
            "context_passed": _said(context),
            "question_repeated": _said(not asked_once),
        }


def _better(share: float, effect: float, saved: float) -> float:
    """Return a share after the redesign has saved so much of the rest, as far as it has come through."""
    return share + (1 - share) * saved * effect


def _said(holds: bool) -> str:
    return "true" if holds else "false"

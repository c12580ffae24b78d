"""The brand's club: some customers pay a fee a year for it, from the first week of the story on.

It has a random stream of its own, so who buys and who calls is the same with it and without.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from config.demo.story.customers import Customer, Customers
from config.demo.story.plans import Plan
from config.demo.story.purchases import order_row
from config.demo.story.weeks import Weeks

# Fees a year, in cents: for one, and for a family.
_SINGLE, _FAMILY = 4_900, 8_900
_HELD_BY, _FAMILIES = 0.12, 0.3
_HESITATE_DAYS = 50
_WEEKS_A_YEAR = 52
_GROW = 0.004


class Club:
    """The movements of all memberships; iterating again tells the same."""

    def __init__(self, plan: Plan, weeks: Weeks, customers: Customers) -> None:
        self._plan = plan
        self._weeks = weeks
        self._customers = customers

    def order_rows(self) -> Iterator[dict[str, str]]:
        """Write each movement that was made by the end of the data."""
        rng = Random(f"{self._plan.slug} club")  # noqa: S311  # made-up data
        for customer in self._customers:
            if rng.random() < _HELD_BY:
                for number, (local, kind, cents) in enumerate(self._movements(rng, customer), 1):
                    key = f"M-{customer.key}-{number}"
                    at = self._weeks.utc(local)
                    yield order_row(self._plan, key, customer, ordered_at=at, cents=cents, kind=kind)

    def _movements(self, rng: Random, customer: Customer) -> Iterator[tuple[datetime, str, int]]:
        """Tell when a membership was begun, paid again, made larger or smaller, and ended, and by how much."""
        local = max(self._weeks.start, customer.joined) + timedelta(days=rng.expovariate(1 / _HESITATE_DAYS))
        local, week = local.replace(microsecond=0), 0
        fee = _FAMILY if rng.random() < _FAMILIES else _SINGLE
        while local < self._weeks.end and customer.is_there(local):
            if week % _WEEKS_A_YEAR == 0:
                yield local, "RENEWAL", fee
            elif moved := self._moved(rng.random(), local, fee):
                yield local, *moved
                if moved[0] == "CANCELLATION":
                    return
                fee = _SINGLE + _FAMILY - fee
            local, week = local + timedelta(weeks=1), week + 1

    def _moved(self, drawn: float, local: datetime, fee: int) -> tuple[str, int] | None:
        """Tell what a member does in a week: since the redesign fewer leave, and fewer want less."""
        effect = self._weeks.effect(local)
        leave, shrink = 0.010 - 0.006 * effect, 0.006 - 0.003 * effect
        if drawn < leave:
            return "CANCELLATION", fee
        if fee == _SINGLE:
            return ("EXPANSION", _FAMILY - _SINGLE) if drawn < leave + _GROW else None
        return ("CONTRACTION", _FAMILY - _SINGLE) if drawn < leave + shrink else None

"""What contacts cost, and how much of it is failure demand: contacts that only came because one before did not help.

Source: Seddon, Freedom from Command and Control (2003), for failure demand; here it is the contacts that repeat one.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from apps.metrics import selectors
from apps.metrics.answers import MetricValue
from apps.metrics.filters import EVERYTHING, Where
from apps.metrics.windows import Window
from cxplatform.errors import BadInput
from cxplatform.tenancy.doors import current_brand

MOST_AN_HOUR = Decimal(100_000)
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Cost:
    """An amount in the brand's currency."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class ContactCosts:
    """What the handled contacts of a window cost at a rate; None where what it takes to tell is unknown."""

    contacts: int
    handle_time: MetricValue
    repeats: MetricValue
    agent_hour: Cost

    @property
    def per_contact(self) -> Cost | None:
        return self._of(self._each)

    @property
    def total(self) -> Cost | None:
        return self._of(self._times(self.contacts))

    @property
    def failure_demand(self) -> Cost | None:
        share = self.repeats.value
        return None if share is None else self._of(self._times(self.contacts * share))

    @property
    def _each(self) -> Decimal | None:
        seconds = self.handle_time.value
        return None if seconds is None else Decimal(seconds) / 3_600 * self.agent_hour.amount

    def _times(self, contacts: float) -> Decimal | None:
        return None if self._each is None else Decimal(contacts) * self._each

    def _of(self, amount: Decimal | None) -> Cost | None:
        return None if amount is None else Cost(amount.quantize(_CENT), self.agent_hour.currency)


def contact_costs(window: Window, agent_hour: Decimal, *, now: datetime, where: Where = EVERYTHING) -> ContactCosts:
    """Reckon contacts x AHT x rate, those whose handle time is unknown at the mean. Raises: BadInput."""
    checked_hour(agent_hour)
    handle_time, repeats = selectors.metric_values(["AHT", "REPEAT_CONTACT_RATE"], window, now=now, where=where)
    contacts = handle_time.sample_size + (handle_time.excluded or 0)
    return ContactCosts(contacts, handle_time, repeats, Cost(agent_hour, current_brand().currency))


def checked_hour(agent_hour: Decimal) -> Decimal:
    """Return what an agent's hour is said to cost. Raises: BadInput."""
    if not (agent_hour.is_finite() and 0 < agent_hour <= MOST_AN_HOUR):
        raise BadInput(f"An agent's hour costs more than 0 and up to {MOST_AN_HOUR:,}.", field="agentHour")
    return agent_hour

"""Who contacts when, why and how: first contacts as the weeks bring them, and those that a failed one brings."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from config.demo.story.agents import staff
from config.demo.story.customers import Customer, Customers
from config.demo.story.handling import Handled, handle
from config.demo.story.plans import Plan
from config.demo.story.reasons import REASONS, Reason
from config.demo.story.weeks import WEEKS, Weeks, moment_in, wave

_CHANNELS = {"PHONE": 0.47, "EMAIL": 0.21, "CHAT": 0.18, "MESSAGING": 0.09, "SOCIAL": 0.03, "SELF_SERVICE": 0.02}
_MOST_TRIES = 4
_CALL_AGAIN = 0.6
_STAY_ON_CHANNEL = 0.7


@dataclass(frozen=True)
class Contact:
    """One contact, its number in order of time, and what became of it. `local` is the moment it was opened."""

    number: int
    local: datetime
    reason: Reason
    channel: str
    customer: Customer
    tries: int
    handled: Handled

    @property
    def key(self) -> str:
        return f"I-{self.number:06d}"


@dataclass(frozen=True, order=True)
class _Coming:
    local: datetime
    order: int
    reason: Reason
    channel: str
    customer: Customer
    tries: int


class Contacts:
    """The stream of contacts in order of time; iterating again tells the same."""

    def __init__(self, plan: Plan, weeks: Weeks, customers: Customers) -> None:
        self._plan = plan
        self._weeks = weeks
        self._customers = customers
        self._staff = staff(plan.agents)

    def __iter__(self) -> Iterator[Contact]:
        rng = Random(f"{self._plan.slug} contacts")  # noqa: S311  # made-up data
        number, made = 0, 0
        owed = dict.fromkeys(REASONS, 0.0)
        coming: list[_Coming] = []
        for week in range(WEEKS):
            for first in self._first_contacts(rng, week, owed, made):
                heapq.heappush(coming, first)
                made += 1
            while coming and coming[0].local < self._weeks.week(week + 1):
                number += 1
                contact = self._take(rng, heapq.heappop(coming), number)
                if contact.local >= self._weeks.end:
                    return
                yield contact
                again = self._again(rng, contact, made)
                if again is not None:
                    heapq.heappush(coming, again)
                    made += 1

    def _first_contacts(self, rng: Random, week: int, owed: dict[Reason, float], made: int) -> Iterator[_Coming]:
        """Make a week's; what does not come out whole is owed to the next week, so that sums hold."""
        monday = self._weeks.week(week)
        usual = self._plan.first_contacts_a_week * wave(week)
        for reason in REASONS:
            owed[reason] += usual * reason.share * (1 - reason.cured * self._weeks.effect(monday))
            whole = int(owed[reason])
            owed[reason] -= whole
            for _ in range(whole):
                (channel,) = rng.choices(list(_CHANNELS), list(_CHANNELS.values()))
                local = moment_in(rng, monday, office_hours=channel == "PHONE")
                yield _Coming(local, made, reason, channel, self._customers.draw(rng, local), 1)
                made += 1

    def _take(self, rng: Random, coming: _Coming, number: int) -> Contact:
        handled = handle(rng, self._staff, coming.local, coming.channel, coming.reason)
        return Contact(number, coming.local, coming.reason, coming.channel, coming.customer, coming.tries, handled)

    def _again(self, rng: Random, contact: Contact, made: int) -> _Coming | None:
        """Who gave up waiting calls again soon; who was not helped comes back within the week, less each time."""
        if contact.handled.abandoned:
            if rng.random() > _CALL_AGAIN:
                return None
            local = contact.local + timedelta(minutes=rng.uniform(5, 90))
            return _Coming(local, made, contact.reason, contact.channel, contact.customer, contact.tries)
        if contact.tries >= _MOST_TRIES or rng.random() > contact.reason.fails * 0.75 ** (contact.tries - 1):
            return None
        wait = timedelta(hours=min(2 + rng.expovariate(1 / 44), 160))
        local = (contact.local + wait).replace(microsecond=0)
        channel = contact.channel
        if rng.random() > _STAY_ON_CHANNEL:
            (channel,) = rng.choices(list(_CHANNELS), list(_CHANNELS.values()))
        if channel == "PHONE":
            local = _in_office_hours(rng, local)
        return _Coming(local, made, contact.reason, channel, contact.customer, contact.tries + 1)


def _in_office_hours(rng: Random, local: datetime) -> datetime:
    if local.hour < 8:
        return local.replace(hour=rng.randrange(8, 12))
    return local.replace(hour=rng.randrange(15, 20)) if local.hour >= 20 else local

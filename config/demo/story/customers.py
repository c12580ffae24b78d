"""The people the brand serves."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from config.demo.story.plans import Plan
from config.demo.story.weeks import Weeks

_SEGMENTS = (("standard", 0.68), ("plus", 0.24), ("business", 0.08))
_JOINED_BEFORE = 0.72
COLUMNS = (
    *("external_id", "name", "email", "phone", "language", "country", "segment", "joined_at", "churned_at"),
    "attributes",
)


@dataclass(frozen=True)
class Customer:
    """What the rest of the story needs to know of a customer."""

    key: str
    language: str
    joined: datetime
    churned: datetime | None

    def is_there(self, local: datetime) -> bool:
        return self.joined <= local and (self.churned is None or local < self.churned)


class Customers:
    """All customers, and who of them is up next."""

    def __init__(self, plan: Plan, weeks: Weeks) -> None:
        self._weeks = weeks
        self._rows: list[dict[str, str]] = []
        self._all: list[Customer] = []
        rng = Random(f"{plan.slug} customers")  # noqa: S311  # made-up data
        for number in range(1, plan.customers + 1):
            self._add(rng, plan, f"C-{number:05d}")

    def rows(self) -> Iterator[dict[str, str]]:
        return iter(self._rows)

    def __iter__(self) -> Iterator[Customer]:
        return iter(self._all)

    def draw(self, rng: Random, local: datetime, skew: float = 1.5) -> Customer:
        """Draw somebody who is a customer at that moment; a few come much more often than most."""
        while True:
            customer = self._all[int(len(self._all) * rng.random() ** skew)]
            if customer.is_there(local):
                return customer

    def _add(self, rng: Random, plan: Plan, key: str) -> None:
        first, last = rng.choice(plan.words.FIRST_NAMES), rng.choice(plan.words.LAST_NAMES)
        customer = Customer(key, _one_of(rng, plan.languages), *self._lifetime(rng))
        self._all.append(customer)
        self._rows.append(
            {
                "external_id": key,
                "name": f"{first} {last}",
                "email": f"{plan.words.plain(first)}.{plan.words.plain(last)}.{key[2:]}@example.com",
                "phone": plan.words.phone(rng.randrange(plan.words.PHONES)),
                "language": customer.language,
                "country": _one_of(rng, plan.countries),
                "segment": _one_of(rng, _SEGMENTS),
                "joined_at": self._weeks.utc(customer.joined),
                "churned_at": self._weeks.utc_by_end(customer.churned),
                "attributes": json.dumps({"newsletter": rng.random() < 0.4}),
            }
        )

    def _lifetime(self, rng: Random) -> tuple[datetime, datetime | None]:
        start = self._weeks.start
        if rng.random() < _JOINED_BEFORE:
            joined = start - timedelta(days=rng.uniform(1, 1_100))
        else:
            joined = start + timedelta(days=rng.uniform(0, 360))
        stays = timedelta(days=rng.expovariate(1 / 2_500) + 30)
        joined = joined.replace(microsecond=0)
        churned = (joined + stays).replace(microsecond=0)
        return joined, churned if churned > start else None


def _one_of(rng: Random, shares: tuple[tuple[str, float], ...]) -> str:
    (value,) = rng.choices([value for value, _ in shares], [share for _, share in shares])
    return value

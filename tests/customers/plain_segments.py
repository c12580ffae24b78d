"""What segments' rules mean, one customer at a time, as plainly as it can be written."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any


@dataclass
class Person:
    """`bought`, `refunded` and `contacts` are moments with amounts, or alone; `scores` are (moment, NPS)."""

    country: str | None = None
    language: str | None = None
    segment: str | None = None
    joined_at: datetime | None = None
    attributes: dict[str, Any] | None = None
    bought: list[tuple[datetime, float]] = field(default_factory=list)
    refunded: list[tuple[datetime, float]] = field(default_factory=list)
    contacts: list[datetime] = field(default_factory=list)
    scores: list[tuple[datetime, int]] = field(default_factory=list)


def holds(rule: dict[str, Any], person: Person, now: datetime) -> bool:
    return all(_condition(name, said, person, now) for name, said in rule.items())


def _condition(name: str, said: Any, person: Person, now: datetime) -> bool:
    if name in ("country", "language", "segment"):
        return getattr(person, name) in said
    return _MEANING[name](said, person, now)


def _spent(said: dict[str, Any], person: Person, now: datetime) -> bool:
    spent = sum(each for at, each in person.bought if _is_recent(at, said, now))
    spent -= sum(each for at, each in person.refunded if _is_recent(at, said, now))
    return bool(said.get("at_least", -1e18) <= spent < said.get("below", 1e18))


def _last_score(said: dict[str, Any], person: Person, now: datetime) -> bool:
    scores = sorted(each for each in person.scores if _is_recent(each[0], said, now))
    return bool(scores) and said.get("at_least", -1) <= scores[-1][1] <= said.get("at_most", 99)


def _attribute(said: dict[str, Any], known: dict[str, Any]) -> bool:
    value, is_known = known.get(said["key"]), said["key"] in known
    parts = []
    if "exists" in said:
        parts.append(is_known is said["exists"])
    if "one_of" in said:
        parts.append(
            any(value == each and isinstance(value, bool) == isinstance(each, bool) for each in said["one_of"])
        )
    if "at_least" in said or "below" in said:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        parts.append(number and said.get("at_least", -1e18) <= value < said.get("below", 1e18))
    return all(parts)


def _joined(said: dict[str, Any], ago: timedelta) -> bool:
    longest = timedelta(days=said.get("at_most_days_ago", 100_000))
    return timedelta(days=said.get("at_least_days_ago", 0)) <= ago < longest


def _is_recent(at: datetime, said: dict[str, Any], now: datetime) -> bool:
    return at <= now and ("within_days" not in said or at > now - timedelta(days=said["within_days"]))


def _within(moments: list[datetime], said: dict[str, Any], now: datetime) -> bool:
    number = sum(_is_recent(at, said, now) for at in moments)
    return said.get("at_least", 0) <= number <= said.get("at_most", 10**9)


_MEANING: dict[str, Callable[[Any, Person, datetime], bool]] = {
    "all": lambda said, person, now: all(holds(each, person, now) for each in said),
    "any": lambda said, person, now: any(holds(each, person, now) for each in said),
    "not": lambda said, person, now: not holds(said, person, now),
    "attribute": lambda said, person, now: _attribute(said, person.attributes or {}),
    "joined": lambda said, person, now: person.joined_at is not None and _joined(said, now - person.joined_at),
    "ordered": lambda said, person, now: _within([at for at, _ in person.bought], said, now),
    "contacted": lambda said, person, now: _within(person.contacts, said, now),
    "spent": _spent,
    "last_score": _last_score,
}

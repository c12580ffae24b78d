"""Whether a customer is asked now: every rule there is, in one order, for one after the other. Pure: no database."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from apps.customers.consents.deciding import Decision
from apps.customers.consents.deciding import Why as Said
from apps.surveys.campaigns.quiet import quiet_until

# What is not asked within a week of when it should have been is not asked any more.
LATEST: Final = timedelta(days=7)
# A customer's own quiet hours are looked at again so often.
AGAIN: Final = timedelta(minutes=15)


class Why(StrEnum):
    """Why a customer is not asked: for good, or (the last two) not yet."""

    ENDED = "ENDED"
    NO_CUSTOMER = "NO_CUSTOMER"
    TOO_LATE = "TOO_LATE"
    OPTED_OUT = "OPTED_OUT"
    NO_ADDRESS = "NO_ADDRESS"
    COOLDOWN = "COOLDOWN"
    QUOTA = "QUOTA"
    QUOTA_OF_THE_DAY = "QUOTA_OF_THE_DAY"
    QUIET_HOURS = "QUIET_HOURS"


@dataclass(frozen=True, slots=True)
class Terms:
    """What a campaign says of how it asks."""

    ended: bool
    cooldown: timedelta
    quota: int | None
    quota_a_day: int | None
    quiet: tuple[time, time] | None


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody to be asked by a campaign, since when at the earliest."""

    key: UUID | str
    campaign: UUID
    customer: UUID | None
    due_since: datetime


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of a customer: whether it may be contacted, has an address, and where its clock is."""

    decision: Decision
    has_address: bool
    zone: ZoneInfo


@dataclass(slots=True)
class Known:
    """What was known before; grows by whoever is asked. People are known by campaign, for channels differ."""

    people: Mapping[tuple[UUID, UUID], Person]
    last_asked: dict[UUID, datetime]
    sent: Counter[UUID] = field(default_factory=Counter)
    sent_today: Counter[UUID] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Asked now, where `why` is None; never, or not before `until`."""

    key: UUID | str
    why: Why | None = None
    until: datetime | None = None


def weigh(
    asked: Iterable[Asked], terms: Mapping[UUID, Terms], known: Known, now: datetime, next_day: datetime
) -> Iterator[Verdict]:
    """Decide upon each in turn; whoever is asked counts for those that follow. `next_day`: quotas a day begin anew."""
    for each in asked:
        its = terms[each.campaign]
        why = _never(each, its, known, now)
        if why is not None:
            yield Verdict(each.key, why)
            continue
        assert each.customer is not None
        until = _not_yet(each, its, known, now, next_day)
        if until is not None:
            yield Verdict(each.key, *until)
            continue
        known.last_asked[each.customer] = now
        known.sent[each.campaign] += 1
        known.sent_today[each.campaign] += 1
        yield Verdict(each.key)


def _never(each: Asked, terms: Terms, known: Known, now: datetime) -> Why | None:
    person = known.people.get((each.campaign, each.customer)) if each.customer else None
    if terms.ended or each.customer is None or person is None:
        return Why.ENDED if terms.ended else Why.NO_CUSTOMER
    last = known.last_asked.get(each.customer)
    reasons = {
        Why.TOO_LATE: now - each.due_since > LATEST,
        Why.OPTED_OUT: not person.decision.allowed and person.decision.why is not Said.QUIET_HOURS,
        Why.NO_ADDRESS: not person.has_address,
        Why.COOLDOWN: last is not None and now - last < terms.cooldown,
        Why.QUOTA: terms.quota is not None and known.sent[each.campaign] >= terms.quota,
    }
    return next((why for why, holds in reasons.items() if holds), None)


def _not_yet(each: Asked, terms: Terms, known: Known, now: datetime, next_day: datetime) -> tuple[Why, datetime] | None:
    assert each.customer is not None
    person = known.people[each.campaign, each.customer]
    if terms.quota_a_day is not None and known.sent_today[each.campaign] >= terms.quota_a_day:
        return Why.QUOTA_OF_THE_DAY, next_day
    if terms.quiet is not None and (until := quiet_until(now, person.zone, *terms.quiet)):
        return Why.QUIET_HOURS, until
    return None if person.decision.allowed else (Why.QUIET_HOURS, now + AGAIN)

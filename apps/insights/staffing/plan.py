"""How many agents the hours of a window take, by what came in the same hours of the weeks before."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from apps.insights.contacts import NOTHING, Counted, by_hour_of_the_week
from apps.insights.staffing.erlang import Staffing, Target, agents_needed, load, scheduled
from apps.metrics.buckets import Grain, edges
from apps.metrics.filters import EVERYTHING, Where
from apps.metrics.windows import Window, day_of, day_start
from cxplatform.errors import BadInput
from cxplatform.tenancy.doors import current_brand

MOST_DAYS = 31
MOST_WEEKS = 26
_HOUR_SECONDS = 3_600


@dataclass(frozen=True, slots=True)
class Demand:
    """What is asked of the agents: a target to meet, and what share of their paid time is not for contacts."""

    target: Target
    shrinkage: float


@dataclass(frozen=True, slots=True)
class Usual:
    """What an hour of the week takes, whichever week's it is; None where no handle time is known."""

    contacts: float
    load: float | None = None
    needed: Staffing | None = None
    scheduled: int | None = None


@dataclass(frozen=True, slots=True)
class StaffingInterval:
    """An hour and the agents it takes."""

    start: datetime
    end: datetime
    usual: Usual

    @property
    def contacts(self) -> float:
        return self.usual.contacts

    @property
    def load(self) -> float | None:
        return self.usual.load

    @property
    def agents(self) -> int | None:
        return self.usual.needed.agents if self.usual.needed else None

    @property
    def scheduled(self) -> int | None:
        return self.usual.scheduled

    @property
    def service_level(self) -> float | None:
        return self.usual.needed.service_level if self.usual.needed else None

    @property
    def occupancy(self) -> float | None:
        return self.usual.needed.occupancy if self.usual.needed else None

    @property
    def mean_wait_seconds(self) -> float | None:
        return self.usual.needed.mean_wait_seconds if self.usual.needed else None


@dataclass(frozen=True, slots=True)
class StaffingPlan:
    """The hours of a window, and what their forecast rests on."""

    based_on: Window
    weeks: int
    contacts: int
    handle_seconds: float | None
    intervals: Sequence[StaffingInterval]


def staffing_plan(
    window: Window, demand: Demand, *, weeks: int, now: datetime, where: Where = EVERYTHING
) -> StaffingPlan:
    """Return the plan: an hour is forecast as the mean of its like over whole weeks. Raises: BadInput."""
    _check(window, demand, weeks)
    zone = current_brand().zone
    past = _past(min(window.start, now), weeks, zone)
    known = by_hour_of_the_week(past, where, now=now)
    handled = sum(numbers[2] for numbers in known.values())
    handle_seconds = sum(numbers[1] for numbers in known.values()) / handled if handled else None
    hours = edges(window, Grain.HOUR, zone)
    usual: dict[int, Usual] = {}
    intervals = []
    for start, end in pairwise(hours):
        wall = start.astimezone(zone)
        hour = wall.weekday() * 24 + wall.hour
        if hour not in usual:
            usual[hour] = _usual(known.get(hour, NOTHING), weeks, handle_seconds, demand)
        intervals.append(StaffingInterval(start, end, usual[hour]))
    contacts = round(sum(numbers[0] for numbers in known.values()))
    return StaffingPlan(past, weeks, contacts, handle_seconds, intervals)


def _usual(counted: Counted, weeks: int, handle_seconds: float | None, demand: Demand) -> Usual:
    contacts = counted[0] / weeks
    if not handle_seconds:
        return Usual(contacts)
    erlangs = load(contacts, handle_seconds, _HOUR_SECONDS)
    needed = agents_needed(erlangs, handle_seconds, demand.target)
    return Usual(contacts, erlangs, needed, scheduled(needed.agents, demand.shrinkage))


def _past(until: datetime, weeks: int, zone: ZoneInfo) -> Window:
    """Return the whole local weeks before a moment, so that every hour of the week is in them as often."""
    last: date = day_of(until, zone)
    return Window(day_start(last - timedelta(weeks=weeks), zone), day_start(last, zone))


def _check(window: Window, demand: Demand, weeks: int) -> None:
    if window.end - window.start > timedelta(days=MOST_DAYS, hours=1):
        raise BadInput(f"A plan has {MOST_DAYS} days at most.", field="window.to")
    if not 1 <= weeks <= MOST_WEEKS:
        raise BadInput(f"A forecast rests on 1 to {MOST_WEEKS} weeks.", field="weeks")
    target = demand.target
    if not 0 < target.share < 1:
        raise BadInput("A share lies between 0 and 1.", field="targetShare")
    if not 0 <= target.seconds <= _HOUR_SECONDS:
        raise BadInput("Answers are due within 0 to 3,600 seconds.", field="targetSeconds")
    if not 0.1 <= target.occupancy <= 1:
        raise BadInput("Agents are busy from 0.1 to 1 of their time.", field="maxOccupancy")
    if not (0 <= demand.shrinkage <= 0.9 and math.isfinite(demand.shrinkage)):
        raise BadInput("From 0 to 0.9 of paid time is not for contacts.", field="shrinkage")

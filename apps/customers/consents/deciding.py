"""Whether a customer may be contacted, from what it said. Pure: no database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

# Who said nothing may be asked how it went, and is offered nothing: what holds until a brand decides otherwise.
OPT_IN: Final = {"SURVEYS": False, "OUTREACH": True}


class Why(StrEnum):
    ALLOWED = "ALLOWED"
    NOT_FORBIDDEN = "NOT_FORBIDDEN"
    FORBIDDEN = "FORBIDDEN"
    NEVER_ALLOWED = "NEVER_ALLOWED"
    QUIET_HOURS = "QUIET_HOURS"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class Decision:
    allowed: bool
    why: Why


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of one purpose; `channel` is None for all channels."""

    at: datetime
    channel: str | None
    granted: bool


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of every day, half open; past midnight where they begin later than they end, all day where at once."""

    begins: time
    ends: time

    def holds(self, clock: time) -> bool:
        if self.begins < self.ends:
            return self.begins <= clock < self.ends
        return clock >= self.begins or clock < self.ends


def decide(
    said: Iterable[Said], quiet: Iterable[Quiet], channel: str, at: datetime, *, zone: ZoneInfo, opt_in: bool
) -> Decision:
    """Decide by the latest that was said by then of this channel or of all; of the same instant, a refusal counts.

    Nobody is contacted in quiet hours, by the clock of `zone`.
    """
    told = [each for each in said if each.at <= at and each.channel in (None, channel)]
    if told:
        last = max(told, key=lambda each: (each.at, not each.granted))
        found = Decision(last.granted, Why.ALLOWED if last.granted else Why.FORBIDDEN)
    else:
        found = Decision(not opt_in, Why.NEVER_ALLOWED if opt_in else Why.NOT_FORBIDDEN)
    clock = at.astimezone(zone).time()
    if found.allowed and any(hours.holds(clock) for hours in quiet):
        return Decision(False, Why.QUIET_HOURS)
    return found

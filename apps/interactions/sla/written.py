"""A version of a policy as people write it and as it is stored."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from apps.interactions.sla.policies import Measure, Target
from cxplatform.errors import BadInput

MOST_LISTED: Final = 100
# A year, as far as calendars look ahead.
LONGEST_SECONDS: Final = 366 * 86_400


@dataclass(frozen=True)
class WrittenTarget:
    """A target: seconds by priority."""

    measure: str
    business: bool
    seconds: dict[str, int]


@dataclass(frozen=True)
class Written:
    """All that a version says but its calendar. Empty lists are for every contact."""

    rank: int
    targets: Sequence[WrittenTarget]
    channels: Sequence[str] = field(default=())
    priorities: Sequence[str] = field(default=())
    queues: Sequence[str] = field(default=())
    segments: Sequence[str] = field(default=())


def targets_of(written: Sequence[WrittenTarget]) -> tuple[Target, ...]:
    """Return the targets of a version that was checked when it was written."""
    return tuple(Target(Measure(each.measure), each.seconds, each.business) for each in written)


def check(written: Written, *, has_calendar: bool) -> None:
    """Insist on a version that promises something. Raises: BadInput, naming the field."""
    if not 0 <= written.rank <= 1_000:
        raise BadInput("A rank is 0 to 1,000.", field="rank")
    for name in ("channels", "priorities", "queues", "segments"):
        listed = getattr(written, name)
        if len(listed) > MOST_LISTED:
            raise BadInput(f"There may be {MOST_LISTED} of these at most.", field=name)
        if any(not 1 <= len(each) <= 100 for each in listed):
            raise BadInput("Each of these has 1 to 100 characters.", field=name)
    if not written.targets:
        raise BadInput("A policy without targets promises nothing.", field="targets")
    seen: set[str] = set()
    for place, target in enumerate(written.targets):
        _check_target(target, f"targets.{place}", seen, has_calendar=has_calendar)


def _check_target(target: WrittenTarget, field: str, seen: set[str], *, has_calendar: bool) -> None:
    if target.measure in seen:
        raise BadInput("This measure is given twice.", field=f"{field}.measure")
    seen.add(target.measure)
    if target.business and not has_calendar:
        raise BadInput("Business time needs the policy's calendar.", field="calendar_id")
    if not target.seconds:
        raise BadInput("A target has seconds for at least one priority.", field=field)
    for priority, seconds in target.seconds.items():
        if not 1 <= seconds <= LONGEST_SECONDS:
            raise BadInput("A target is 1 second to 366 days.", field=f"{field}.{priority.lower()}")

"""Policies and contacts, written short."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from apps.interactions.sla.clocks import Instance, OpenTime
from apps.interactions.sla.policies import Measure, Policy, Subject, Target
from apps.interactions.sla.stream import instances
from tests.interactions.timing.drawn import OPENED, at, stream

EARLY = OPENED - timedelta(days=365)
HOUR = {"LOW": 3_600, "NORMAL": 3_600, "HIGH": 3_600, "URGENT": 600}


def policy(*targets: Target, **kwargs: Any) -> Policy:
    values = {"version_id": UUID(int=99), "rank": 1, "key": "p", "since": EARLY, "until": None, **kwargs}
    return Policy(targets=targets, **values)


def promise(measure: Measure, seconds: int | None = None, *, business: bool = False) -> Policy:
    """Promise one thing, within an hour (ten minutes if urgent) unless it says how long."""
    return policy(Target(measure, HOUR if seconds is None else dict.fromkeys(HOUR, seconds), business))


def contact(channel: str = "EMAIL", priority: str = "NORMAL", **kwargs: Any) -> Subject:
    return Subject(OPENED, channel, priority, **kwargs)


def made(
    its: Policy, *told: tuple[Any, ...], subject: Subject | None = None, calendar: OpenTime | None = None
) -> list[Instance]:
    return instances(subject or contact(), stream(*told), its, calendar)


def spans(found: list[Instance]) -> list[tuple[float, float | None, float | None]]:
    """Show when each started, is due and ended, in seconds after the opening."""
    return [(_after(each.started_at), _after(each.due_at), _after(each.ended_at)) for each in found]  # type: ignore[misc]  # every target has started


def is_breached(found: Instance, now: datetime) -> bool:
    return found.due_at is not None and (found.ended_at or now) > found.due_at


def _after(moment: datetime | None) -> float | None:
    return None if moment is None else (moment - at(0)).total_seconds()

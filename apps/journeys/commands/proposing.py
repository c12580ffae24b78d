"""Propose to people what was found: the same finding once, whatever is found how often."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Final
from uuid import UUID

from apps.journeys.commands.friction_states import change
from apps.journeys.models import Friction, FrictionEvidence
from apps.journeys.models import FrictionStatus as Status
from cxplatform.audit.actors import SYSTEM

MOST_EVIDENCE: Final = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """A row that shows it."""

    kind: str
    object_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class Measured:
    """What was counted; columns of a friction. `bad` of `of` between `since` and `until`."""

    since: datetime
    until: datetime
    bad: int
    of: int
    expected: float
    systemic: bool
    contacts: int
    handle_seconds: float
    customers_affected: int
    customers_active: int
    department_id: UUID | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A finding: where, by which rule, what it is taken for until a person says, and what shows it."""

    touchpoint_id: UUID
    rule: str
    title: str
    category: str
    severity: str
    measured: Measured
    evidence: Sequence[Shown]


# Tells whether what was measured is clearly worse than what was put aside: (bad, of) now, and then.
IsWorse = Callable[[tuple[int, int], tuple[int, int]], bool]


def propose_frictions(proposals: Iterable[Proposal], *, is_worse: IsWorse, now: datetime) -> list[Friction]:
    """Store what was found, in the open door; return what people have not been told of before.

    What is known already is told what was counted now. What was dismissed stays as it was then, unless it is clearly
    worse; what was resolved, until it is found in what happened since.
    """
    return [made for each in proposals if (made := _propose(each, is_worse, now)) is not None]


def _propose(each: Proposal, is_worse: IsWorse, now: datetime) -> Friction | None:
    known = Friction.objects.select_for_update(no_key=True).filter(touchpoint=each.touchpoint_id, rule=each.rule)
    friction = known.first()
    if friction is None:
        friction = Friction(touchpoint_id=each.touchpoint_id, rule=each.rule, category=each.category, created_at=now)
        friction.title = each.title
    elif _is_settled(friction, each.measured, is_worse):
        return None
    is_new = friction.status in {"", Status.DISMISSED, Status.RESOLVED}
    _measure(friction, each.measured)
    if is_new:
        friction.severity, friction.done_at = each.severity, None
        told = {"rule": each.rule, "bad": each.measured.bad, "of": each.measured.of}
        change(friction, Status.PROPOSED, actor=SYSTEM, action="propose_friction", now=now, told=told)
    else:
        friction.severity = each.severity if friction.status == Status.PROPOSED else friction.severity
        friction.updated_at = now
        friction.save()
    _show(friction, each.evidence)
    return friction if is_new else None


def _is_settled(friction: Friction, measured: Measured, is_worse: IsWorse) -> bool:
    if friction.status == Status.RESOLVED:
        return measured.since < friction.status_since
    if friction.status != Status.DISMISSED:
        return False
    assert friction.bad is not None, "what was found was counted"
    assert friction.of is not None, "what was found was counted"
    return not is_worse((measured.bad, measured.of), (friction.bad, friction.of))


def _measure(friction: Friction, measured: Measured) -> None:
    for field in fields(measured):
        if field.name != "department_id" or friction.department_id is None:
            setattr(friction, field.name, getattr(measured, field.name))


def _show(friction: Friction, evidence: Sequence[Shown]) -> None:
    """Put what shows it now in the place of what did."""
    FrictionEvidence.objects.filter(friction=friction).delete()
    FrictionEvidence.objects.bulk_create(
        FrictionEvidence(friction=friction, kind=each.kind, object_id=each.object_id, at=each.at)
        for each in evidence[:MOST_EVIDENCE]
    )

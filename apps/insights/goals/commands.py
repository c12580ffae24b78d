"""Goals set, changed and removed. What they were stays in the audit trail."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from apps.insights.goals.models import Goal
from apps.insights.goals.wanted import Wanted, checked, wanted_of
from cxplatform.audit.trail import Subject, record_change
from cxplatform.errors import Conflict, NotFound
from cxplatform.tenancy.doors import current_brand

MOST_GOALS: Final = 500
MOST_IN_A_GROUP: Final = 5


def set_goal(*, actor: Viewer, wanted: Wanted, now: datetime) -> Goal:
    """Set a goal. Raises: Forbidden; BadInput, naming the field; Conflict for one that is set, and past 500."""
    actor.require(Permission.CONFIGURE)
    goal = Goal(**checked(wanted, current_brand().zone), created_at=now, updated_at=now)
    if Goal.objects.count() >= MOST_GOALS:
        raise Conflict(f"A brand has {MOST_GOALS} goals at most.")
    _check_beside(goal)
    goal.save(force_insert=True)
    _record(actor, "set_goal", goal, now, before={}, after=_told(goal))
    return goal


def change_goal(*, actor: Viewer, goal_id: UUID, changes: Mapping[str, Any], now: datetime) -> Goal:
    """Change what a goal says, by the fields of `Wanted`; its number stays that number.

    Raises: Forbidden; NotFound; BadInput, naming the field; Conflict where there is such a goal.
    """
    actor.require(Permission.CONFIGURE)
    goal = _held(goal_id)
    before = _told(goal)
    for name, value in checked(replace(wanted_of(goal), **changes), current_brand().zone).items():
        setattr(goal, name, value)
    after = _told(goal)
    if after != before:
        _check_beside(goal)
        goal.updated_at = now
        goal.save()
        _record(actor, "change_goal", goal, now, before=before, after=after)
    return goal


def remove_goal(*, actor: Viewer, goal_id: UUID, now: datetime) -> Goal:
    """Remove a goal; return it as it was. Raises: Forbidden; NotFound."""
    actor.require(Permission.CONFIGURE)
    goal = _held(goal_id)
    Goal.objects.filter(pk=goal.pk).delete()
    _record(actor, "remove_goal", goal, now, before=_told(goal), after={"removed": True})
    return goal


def _held(goal_id: UUID) -> Goal:
    goal = Goal.objects.select_for_update(no_key=True, of=("self",)).select_related("department").filter(pk=goal_id)
    found = goal.first()
    if found is None:
        raise NotFound("There is no such goal.")
    return found


def _check_beside(goal: Goal) -> None:
    """Check that nothing contradicts the goal, and that its group can be told at one look."""
    others = Goal.objects.exclude(pk=goal.pk).filter(
        group=goal.group, starts_on=goal.starts_on, ends_before=goal.ends_before
    )
    same = {name: getattr(goal, name) for name in ("metric", "variant", "statistic", "where", "department")}
    if others.filter(**same).exists():
        raise Conflict("There is a goal of this number for this period: change it.", field="metric")
    if goal.group and others.count() >= MOST_IN_A_GROUP:
        raise Conflict(f"A group has {MOST_IN_A_GROUP} goals of one period at most.", field="group")


def _told(goal: Goal) -> dict[str, object]:
    wanted = wanted_of(goal)
    return {name: getattr(wanted, name) for name in Wanted.__slots__}


def _record(
    actor: Viewer,
    action: str,
    goal: Goal,
    now: datetime,
    *,
    before: Mapping[str, object],
    after: Mapping[str, object],
) -> None:
    subject = Subject("Goal", goal.pk, label=f"{goal.metric} {goal.target:g}")
    record_change(actor=actor.actor, action=action, subject=subject, now=now, before=before, after=after)

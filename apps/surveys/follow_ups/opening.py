"""Open follow-ups of low scores, and keep them true to their answers. Runs in the transaction of what wrote these."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Max

from apps.surveys.follow_ups.due import Due
from apps.surveys.follow_ups.events import CLOSED, OPENED, told_follow_ups, told_responses
from apps.surveys.follow_ups.owners import owners_of
from apps.surveys.follow_ups.rules import RECENT_DAYS
from apps.surveys.follow_ups.topics import tell_follow_ups, tell_responses
from apps.surveys.models import DismissedWhy, FollowUp, FollowUpRule, FollowUpState, SurveyResponse

# Older answers are history that somebody imports: nothing is told of them.
_RECENT: Final = timedelta(days=RECENT_DAYS)
_UNFINISHED: Final = (FollowUpState.OPEN, FollowUpState.IN_PROGRESS)


def follow_answers(changed: Mapping[Any, Any], now: datetime) -> None:
    """Look at answers that were just written, from their states before and after (`Kind.settle`)."""
    oldest = now - _longest_looked_back()
    recent = {state.id for state in changed.values() if state.stored or state.values["answered_at"] >= oldest}
    rows = list(SurveyResponse.objects.filter(pk__in=recent).order_by("pk"))
    if not rows:
        return
    new = {state.id for state in changed.values() if not state.stored}
    told_responses([row for row in rows if row.id in new and row.answered_at >= now - _RECENT], now)
    tell_responses()
    _follow(rows, now)


def _longest_looked_back() -> timedelta:
    """Say how old an answer may be for any survey, so that history is not even read."""
    longest = FollowUpRule.objects.aggregate(days=Max("recent_days"))["days"]
    return timedelta(days=max(RECENT_DAYS, longest or 0))


def follow_placed(response_ids: Collection[UUID], now: datetime) -> None:
    """Look at answers again whose places changed: a follow-up goes to whom the place is."""
    _keep(list(SurveyResponse.objects.filter(pk__in=response_ids, follow_up__isnull=False)), Due([]), now)


def _follow(rows: list[SurveyResponse], now: datetime) -> None:
    due = Due({row.survey_id for row in rows})
    known = _keep(rows, due, now)
    low = [row for row in rows if row.id not in known and _asks_for_one(row, due, now)]
    if low:
        _open(low, due, now)


def _asks_for_one(row: SurveyResponse, due: Due, now: datetime) -> bool:
    rule = due.rules[row.survey_id]
    return rule.is_low(row.score) and rule.is_recent(row.answered_at, now)


def _open(rows: list[SurveyResponse], due: Due, now: datetime) -> None:
    owners = owners_of(rows)
    opened = [
        FollowUp(
            survey_response=row,
            customer_id=row.customer_id,
            touchpoint_id=row.touchpoint_id or row.placed_id,
            department_id=owners.get(row.id),
            state=FollowUpState.OPEN,
            state_since=now,
            due_at=due.at(row.survey_id, now),
            created_at=now,
            updated_at=now,
        )
        for row in rows
    ]
    FollowUp.objects.bulk_create(opened)
    told_follow_ups(OPENED, opened, now)
    tell_follow_ups()


def _keep(rows: list[SurveyResponse], due: Due, now: datetime) -> set[UUID]:
    """Keep the follow-ups of answers true to them; return the answers that have one."""
    by_id = {row.id: row for row in rows}
    found = FollowUp.objects.select_for_update().filter(survey_response__in=by_id).order_by("pk")
    stored = list(found)
    owners = owners_of([by_id[each.survey_response_id] for each in stored])
    dismissed = []
    for each in stored:
        row = by_id[each.survey_response_id]
        before = (each.customer_id, each.touchpoint_id, each.department_id, each.state)
        _move(each, row, owners)
        if _is_moot(each, row, due):
            each.state, each.state_since, each.dismissed_why = FollowUpState.DISMISSED, now, DismissedWhy.SCORE_CHANGED
            dismissed.append(each)
        if before != (each.customer_id, each.touchpoint_id, each.department_id, each.state):
            each.updated_at = now
            each.save()
            tell_follow_ups()
    told_follow_ups(CLOSED, dismissed, now)
    return {each.survey_response_id for each in stored}


def _move(each: FollowUp, row: SurveyResponse, owners: Mapping[UUID, UUID]) -> None:
    each.customer_id = row.customer_id
    if each.state in _UNFINISHED:
        place = row.touchpoint_id or row.placed_id
        if place != each.touchpoint_id:
            each.touchpoint_id, each.department_id = place, owners.get(row.id)


def _is_moot(each: FollowUp, row: SurveyResponse, due: Due) -> bool:
    """Tell whether the score is no longer low, and nobody has begun yet."""
    untouched = each.state == FollowUpState.OPEN and not each.assignee and not each.note
    rule = due.rules.get(row.survey_id)
    return untouched and rule is not None and not rule.is_low(row.score)

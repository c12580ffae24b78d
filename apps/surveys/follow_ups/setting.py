"""Saying which answers to a survey open a follow-up."""

from collections.abc import Collection
from datetime import datetime

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from apps.interactions.models import Calendar
from apps.surveys.models import SCORE_RANGES, FollowUpRule, Survey
from apps.surveys.models.follow_up_rule import MOST_DAYS, MOST_DUE_HOURS
from cxplatform.audit.trail import Subject, record_change
from cxplatform.errors import BadInput


def set_follow_up_rule(
    *,
    actor: Viewer,
    survey: str,
    score: int | None,
    due_hours: int,
    recent_days: int,
    calendar: str | None,
    now: datetime,
) -> FollowUpRule:
    """Set the rule of a survey (by key) for the answers that come from now on. Raises: Forbidden; BadInput."""
    actor.require(Permission.CONFIGURE)
    known = Survey.objects.select_for_update(no_key=True).filter(key=survey).first()
    if known is None:
        raise BadInput("There is no such survey.", field="survey")
    _check(known, score, due_hours, recent_days)
    values = {"score": score, "due_hours": due_hours, "recent_days": recent_days, "calendar": _calendar(calendar)}
    stored = FollowUpRule.objects.filter(survey=known).first()
    before = None if stored is None else {"score": stored.score, "due_hours": stored.due_hours}
    rule, _ = FollowUpRule.objects.update_or_create(survey=known, defaults={**values, "updated_at": now})
    rule.survey = known
    told = {"score": score, "due_hours": due_hours, "recent_days": recent_days, "calendar": calendar}
    subject = Subject("Survey", known.id, known.key)
    record_change(actor=actor.actor, action="set_follow_up_rule", subject=subject, now=now, before=before, after=told)
    return rule


def follow_up_rules(surveys: Collection[str] | None, most: int) -> list[FollowUpRule]:
    """Return the rules that were set, of these surveys (by key) or of all, in the order of their keys."""
    rows = FollowUpRule.objects.select_related("survey", "calendar").order_by("survey__key")
    return list((rows if surveys is None else rows.filter(survey__key__in=surveys))[:most])


def _check(survey: Survey, score: int | None, due_hours: int, recent_days: int) -> None:
    low, high = SCORE_RANGES[survey.kind]
    if score is not None and not low <= score <= high:
        raise BadInput(f"Scores of {survey.kind} are {low} to {high}.", field="score")
    if not 1 <= due_hours <= MOST_DUE_HOURS:
        raise BadInput(f"There are 1 to {MOST_DUE_HOURS:,} hours.", field="due_hours")
    if not 1 <= recent_days <= MOST_DAYS:
        raise BadInput(f"There are 1 to {MOST_DAYS} days.", field="recent_days")


def _calendar(key: str | None) -> Calendar | None:
    if key is None:
        return None
    found = Calendar.objects.filter(key=key, retired_at__isnull=True).first()
    if found is None:
        raise BadInput("There is no such calendar.", field="calendar")
    return found

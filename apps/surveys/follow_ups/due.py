"""Until when follow-ups are due: by a calendar's open hours, or by the clock."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F

from apps.interactions.calendars.timeline import Timeline
from apps.interactions.models import Calendar
from apps.interactions.selectors import timelines, versions_of
from apps.surveys.follow_ups.rules import Rule, usual_rule
from apps.surveys.models import FollowUpRule, Survey


class Due:
    """The rules of some surveys, and the calendars by which they count."""

    def __init__(self, survey_ids: Collection[UUID]) -> None:
        kinds = Survey.objects.filter(pk__in=survey_ids).values_list("pk", "kind")
        self.rules: dict[UUID, Rule] = {key: usual_rule(kind) for key, kind in kinds}
        for row in FollowUpRule.objects.filter(survey__in=survey_ids).annotate(kind=F("survey__kind")):
            self.rules[row.survey_id] = rule_of(row, row.kind)
        self._timelines: dict[UUID, Timeline] | None = None
        self._usual: UUID | None = None

    def at(self, survey_id: UUID, since: datetime) -> datetime:
        """Return when a follow-up opened at an instant is due."""
        rule = self.rules[survey_id]
        known = self._known()
        calendar = rule.calendar_id or self._usual
        timeline = known.get(calendar) if calendar is not None else None
        counted = timeline.deadline(since, rule.due) if timeline is not None else None
        return counted or since + rule.due

    def _known(self) -> dict[UUID, Timeline]:
        if self._timelines is None:
            named = {rule.calendar_id for rule in self.rules.values() if rule.calendar_id is not None}
            only = list(Calendar.objects.filter(retired_at__isnull=True).values_list("pk", flat=True)[:2])
            self._usual = only[0] if len(only) == 1 else None
            self._timelines = timelines(versions_of(named | ({self._usual} if self._usual else set())))
        return self._timelines


def rule_of(row: FollowUpRule, kind: str) -> Rule:
    return Rule(kind, row.score, timedelta(hours=row.due_hours), timedelta(days=row.recent_days), row.calendar_id)

from typing import ClassVar

from django.db import models
from django.db.models import Q

from apps.interactions.models import Calendar
from apps.surveys.models.survey import Survey

MOST_DUE_HOURS = 1_000
MOST_DAYS = 365


class FollowUpRule(models.Model):
    """Which answers to a survey open a follow-up, and until when it is due; without a row, the defaults of its kind.

    `score` is the last one that does; null: none does. `due_hours` are open hours of the calendar, of the brand's
    only one where none is named, and of the clock where it has none or several. Answers older than `recent_days` when
    they come open none: history is imported for its numbers.
    """

    id = models.BigAutoField(primary_key=True)
    survey = models.OneToOneField(Survey, on_delete=models.CASCADE, related_name="follow_up_rule")
    score = models.SmallIntegerField(null=True, blank=True)
    due_hours = models.SmallIntegerField()
    recent_days = models.SmallIntegerField()
    calendar = models.ForeignKey(Calendar, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    updated_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(due_hours__range=(1, MOST_DUE_HOURS), recent_days__range=(1, MOST_DAYS)),
                name="follow_up_rule_bounded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.score}"

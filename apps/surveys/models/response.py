from typing import ClassVar

from django.db import models
from django.db.models import Q

from apps.customers.models import Customer
from apps.journeys.models import Touchpoint
from apps.surveys.models.survey import SCORE_RANGES, Survey, SurveyKind
from cxplatform.imports.sourced import Imported, unique_in_source


def _score_in_range() -> models.CheckConstraint:
    condition = Q()
    for kind, (low, high) in SCORE_RANGES.items():
        condition |= Q(kind=kind, score__gte=low, score__lte=high)
    return models.CheckConstraint(condition=condition, name="survey_response_score_in_range_of_kind")


class SurveyResponse(Imported):
    """One answered score.

    The interaction it is about is named by its external id within the same source, not by a key: answers may come
    before the interaction they speak of.
    """

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="responses")
    kind = models.CharField(max_length=5, choices=SurveyKind)
    score = models.SmallIntegerField()
    answered_at = models.DateTimeField()
    # Indexed below, with when and which.
    customer = models.ForeignKey(
        Customer, null=True, blank=True, on_delete=models.PROTECT, related_name="survey_responses", db_index=False
    )
    interaction_external_id = models.CharField(max_length=200, null=True, blank=True)
    touchpoint = models.ForeignKey(
        Touchpoint, null=True, blank=True, on_delete=models.PROTECT, related_name="survey_responses"
    )
    # Written by `placing` alone; nobody looks for answers by it.
    placed = models.ForeignKey(
        Touchpoint,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        help_text="where the contact it is about was, if the row names no touchpoint",
    )
    comment = models.TextField(null=True, blank=True)
    language = models.CharField(max_length=35, null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            unique_in_source("survey_response"),
            _score_in_range(),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(answered_at__gte=models.F("sent_at")),
                name="survey_response_answered_after_sending",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["answered_at", "id"], name="survey_response_in_time"),
            models.Index(fields=["customer", "answered_at", "id"], name="survey_response_by_customer"),
            models.Index(fields=["source", "interaction_external_id"], name="survey_response_interaction"),
        ]

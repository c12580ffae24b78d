from typing import ClassVar

from django.db import models
from django.db.models import Q

from apps.surveys.models.survey import Survey
from cxplatform.ids import uuid7
from cxplatform.imports.sourced import one_of


class FormState(models.TextChoices):
    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"


class QuestionKind(models.TextChoices):
    """The scored kinds of surveys, and what else a form may ask."""

    NPS = "NPS"
    CSAT = "CSAT"
    CES_5 = "CES_5"
    CES_7 = "CES_7"
    FCR = "FCR"
    RATING = "RATING"
    SINGLE_CHOICE = "SINGLE_CHOICE"
    MULTIPLE_CHOICE = "MULTIPLE_CHOICE"
    TEXT = "TEXT"


class SurveyVersion(models.Model):
    """What the page of a survey asks, in which order and words. One draft a survey; a published one never changes.

    `look` is the brand's own: colours. `texts` are greeting and thanks by language tag, `default_language` is one of
    the languages that every text of the version is there in.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    state = models.CharField(max_length=9, choices=FormState)
    default_language = models.CharField(max_length=35)
    texts = models.JSONField(default=dict)
    look = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["survey", "number"], name="survey_version_numbered"),
            models.UniqueConstraint(
                fields=["survey"], condition=Q(state=FormState.DRAFT), name="survey_version_one_draft"
            ),
            one_of("survey_version", "state", FormState.values),
            models.CheckConstraint(
                condition=Q(state=FormState.DRAFT, published_at__isnull=True)
                | Q(state=FormState.PUBLISHED, published_at__isnull=False),
                name="survey_version_published_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.number}"


class Question(models.Model):
    """One question of a version. Its key says which question it is throughout the versions of a survey.

    `low` and `high` bound the scores of scored kinds and ratings. `choices` are keys with words by language; `texts`
    the question's own words by language; `branches` lead on by the answer: see `apps/surveys/forms`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(SurveyVersion, on_delete=models.CASCADE, related_name="questions")
    key = models.CharField(max_length=100)
    position = models.SmallIntegerField()
    kind = models.CharField(max_length=15, choices=QuestionKind)
    required = models.BooleanField(default=False)
    low = models.SmallIntegerField(null=True, blank=True)
    high = models.SmallIntegerField(null=True, blank=True)
    texts = models.JSONField(default=dict)
    choices = models.JSONField(default=list)
    branches = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "key"], name="question_keyed"),
            models.UniqueConstraint(fields=["version", "position"], name="question_placed"),
            one_of("question", "kind", QuestionKind.values),
        ]

    def __str__(self) -> str:
        return self.key

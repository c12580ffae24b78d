from typing import ClassVar

from django.db import models
from django.db.models import Q

from apps.customers.models import Customer
from apps.interactions.models import Interaction, Reason
from apps.surveys.models.response import SurveyResponse
from cxplatform.ids import uuid7
from cxplatform.imports.sourced import Imported, one_of, unique_in_source


class FeedbackSource(models.TextChoices):
    SURVEY = "SURVEY"
    EMAIL = "EMAIL"
    CHAT = "CHAT"
    CALL = "CALL"
    SOCIAL = "SOCIAL"
    OTHER = "OTHER"


class SentimentLabel(models.TextChoices):
    VERY_NEGATIVE = "VERY_NEGATIVE"
    NEGATIVE = "NEGATIVE"
    NEUTRAL = "NEUTRAL"
    POSITIVE = "POSITIVE"
    VERY_POSITIVE = "VERY_POSITIVE"


class Theme(models.Model):
    """What several pieces of feedback speak of, found by the words they share; a person may rename, merge and pin it.

    `terms` tell it from the others, the most telling first; `language` is null where it is of several.
    A merged theme leads to the one that took it in.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=200)
    named_by_hand = models.BooleanField(default=False)
    pinned = models.BooleanField(default=False)
    terms = models.JSONField(default=list)
    language = models.CharField(max_length=35, null=True, blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.ForeignKey(Reason, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    first_seen = models.DateTimeField()
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["first_seen", "id"], name="theme_first_seen")]

    def __str__(self) -> str:
        return self.name


class FeedbackItem(Imported):
    """Something a customer said in words, wherever; and what was made of it.

    Made of answers with comments and of contacts with texts, or recorded and imported by itself (social comments).
    `language` is what the source told, `detected_language` what was found. Sentiment is an estimate: null where the
    language is not covered, and then `enriched_at` says that it was tried. `score` is -1 to 1.
    """

    kind = models.CharField(max_length=6, choices=FeedbackSource)
    text = models.TextField(null=True, blank=True)
    occurred_at = models.DateTimeField()
    customer = models.ForeignKey(
        Customer, null=True, blank=True, on_delete=models.PROTECT, related_name="feedback", db_index=False
    )
    survey_response = models.OneToOneField(
        SurveyResponse, null=True, blank=True, on_delete=models.CASCADE, related_name="feedback"
    )
    interaction = models.OneToOneField(
        Interaction, null=True, blank=True, on_delete=models.CASCADE, related_name="feedback"
    )
    language = models.CharField(max_length=35, null=True, blank=True)
    detected_language = models.CharField(max_length=35, null=True, blank=True)
    score = models.FloatField(null=True, blank=True)
    label = models.CharField(max_length=13, choices=SentimentLabel, null=True, blank=True)
    mixed = models.BooleanField(default=False)
    confidence = models.FloatField(null=True, blank=True)
    model = models.CharField(max_length=50, null=True, blank=True)
    model_version = models.CharField(max_length=20, null=True, blank=True)
    enriched_at = models.DateTimeField(null=True, blank=True)
    theme = models.ForeignKey(
        Theme, null=True, blank=True, on_delete=models.PROTECT, related_name="items", db_index=False
    )
    theme_fit = models.FloatField(null=True, blank=True, help_text="how well it fits its theme, 0 to 1")
    theme_by_hand = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            unique_in_source("feedback_item"),
            one_of("feedback_item", "kind", FeedbackSource.values),
            models.CheckConstraint(
                condition=Q(score__isnull=True, label__isnull=True) | Q(score__gte=-1, score__lte=1),
                name="feedback_item_score_range",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["occurred_at", "id"], name="feedback_item_in_time"),
            models.Index(fields=["customer", "occurred_at", "id"], name="feedback_item_of_customer"),
            models.Index(fields=["theme", "occurred_at", "id"], name="feedback_item_of_theme"),
            models.Index(
                fields=["created_at"], condition=Q(enriched_at__isnull=True), name="feedback_item_not_enriched"
            ),
        ]

from typing import ClassVar

from django.db import models

from apps.surveys.models.invitation import Invitation
from apps.surveys.models.page_look_up import PAGE_INBOX
from apps.surveys.models.version import Question
from cxplatform.ids import uuid7
from cxplatform.imports.sourced import one_of


class PageWord(models.TextChoices):
    """What the page of a survey tells."""

    OPENED = "OPENED"
    ANSWER = "ANSWER"
    FINISHED = "FINISHED"
    DECLINED = "DECLINED"
    WITHDRAWN = "WITHDRAWN"


class PageEntry(models.Model):
    """What came in at the page of an invitation, as it came; nothing reads or changes it there.

    The page's own role of the database may insert here, and nothing else. A worker takes entries in, in the order
    of their ids, and deletes them. `value` is a score, keys of choices, or text, of the question named.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="+")
    word = models.CharField(max_length=9, choices=PageWord)
    question = models.CharField(max_length=100, null=True, blank=True)
    value = models.JSONField(null=True, blank=True)
    at = models.DateTimeField()

    inbox: ClassVar = PAGE_INBOX

    class Meta:
        constraints: ClassVar = [one_of("page_entry", "word", PageWord.values)]

    def __str__(self) -> str:
        return f"{self.word} {self.at}"


class GivenAnswer(models.Model):
    """What a customer answered to one question of an invitation: the last of what it said.

    Scores of scored kinds are a SurveyResponse besides, of source `surveys`, which is what metrics count.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    score = models.SmallIntegerField(null=True, blank=True)
    choices = models.JSONField(null=True, blank=True)
    text = models.TextField(null=True, blank=True)
    given_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["invitation", "question"], name="given_answer_one_a_question"),
        ]

    def __str__(self) -> str:
        return f"{self.invitation_id} {self.question_id}"


class PageSettings(models.Model):
    """Which sites of the brand's may show its surveys within their own pages. One row, or none."""

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    origins = models.JSONField(default=list)
    updated_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(id=1), name="page_settings_one_row")]

    def __str__(self) -> str:
        return ", ".join(self.origins)

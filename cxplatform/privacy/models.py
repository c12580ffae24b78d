from typing import ClassVar

from django.db import models
from django.db.models import Q

from cxplatform.ids import uuid7
from cxplatform.jobs.models import JobState

UNFINISHED = (JobState.QUEUED, JobState.RUNNING)
THE_ROW = 1
RULES = ("text_days", "attribute_days", "identity_days", "line_days")
MOST_DAYS = 36_600


def _days_known(table: str) -> list[models.CheckConstraint]:
    return [
        models.CheckConstraint(
            condition=Q(**{f"{rule}__isnull": True}) | Q(**{f"{rule}__range": (1, MOST_DAYS)}),
            name=f"{table}_{rule}_known",
        )
        for rule in RULES
    ]


class Erasure(models.Model):
    """That somebody is to be forgotten, and how far that has come. At most one of a person is under way.

    QUEUED also while files that came in before it are still loaded: they may speak of the person.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # No foreign key: the kernel knows the table of people by the catalogue alone.
    subject_id = models.UUIDField()
    state = models.CharField(max_length=7, choices=JobState, default=JobState.QUEUED)
    rows = models.BigIntegerField(default=0, help_text="changed or removed so far")
    requested_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="erasure_state_known"),
            models.UniqueConstraint(
                fields=["subject_id"], condition=Q(state__in=UNFINISHED), name="erasure_one_under_way"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["requested_at", "id"], name="erasure_in_time")]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.state}"


class Days(models.Model):
    """For how many days something is kept of people who are inactive; null: until somebody erases it.

    `line_days` is about the lines of imports, whoever they speak of.
    """

    text_days = models.IntegerField(null=True, blank=True)
    attribute_days = models.IntegerField(null=True, blank=True)
    identity_days = models.IntegerField(null=True, blank=True)
    line_days = models.IntegerField(null=True, blank=True)

    class Meta:
        abstract = True


class RetentionRules(Days):
    """What a brand set; one row, made when it is first changed."""

    id = models.BigIntegerField(primary_key=True, default=THE_ROW, editable=False)
    updated_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(id=THE_ROW), name="retention_rules_one_row"),
            *_days_known("retention_rules"),
        ]

    def __str__(self) -> str:
        return ", ".join(f"{rule} {getattr(self, rule)}" for rule in RULES)


class RetentionSweep(Days):
    """One going over all people by the rules it was begun with, or a look at what that would do (`dry_run`)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    dry_run = models.BooleanField()
    state = models.CharField(max_length=7, choices=JobState, default=JobState.QUEUED)
    rows = models.BigIntegerField(default=0, help_text="changed or removed so far, or that would be")
    requested_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="retention_sweep_state_known"),
            models.UniqueConstraint(
                fields=["dry_run"], condition=Q(state__in=UNFINISHED), name="retention_sweep_one_under_way"
            ),
            *_days_known("retention_sweep"),
        ]
        indexes: ClassVar = [models.Index(fields=["requested_at", "id"], name="retention_sweep_in_time")]

    def __str__(self) -> str:
        return f"{self.requested_at:%Y-%m-%d} {self.state}"

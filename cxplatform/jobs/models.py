from typing import ClassVar

from django.db import models

from cxplatform.ids import uuid7


class JobState(models.TextChoices):
    QUEUED = "QUEUED"
    RUNNING = "RUNNING"
    DONE = "DONE"
    FAILED = "FAILED"


class Job(models.Model):
    """Work to be done: this row is the queue, a message to the worker only wakes it.

    Whoever runs a job holds its lease (`lease_token` until `lease_until`); nothing a job does commits without it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=50, help_text="which registered handler runs it")
    state = models.CharField(max_length=7, choices=JobState, default=JobState.QUEUED)
    args = models.JSONField(default=dict)
    attempts = models.IntegerField(default=0, help_text="tries of the present step begun so far")
    lease_token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    run_after = models.DateTimeField()
    error = models.TextField(blank=True, help_text="the last try's, or why it failed for good")
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=JobState.values), name="job_state_known"),
            models.CheckConstraint(
                condition=models.Q(lease_token__isnull=False, lease_until__isnull=False, state="RUNNING")
                | (models.Q(lease_token__isnull=True, lease_until__isnull=True) & ~models.Q(state="RUNNING")),
                name="job_leased_while_running",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["run_after"],
                condition=models.Q(state__in=["QUEUED", "RUNNING"]),
                name="job_unfinished",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

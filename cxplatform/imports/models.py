from typing import ClassVar

from django.db import models

from cxplatform.jobs.models import JobState


class ImportJob(models.Model):
    """One uploaded file, how far it has been loaded and what became of its rows.

    It shares its id with the `Job` that runs it. `rows` = `accepted` + `updated` + `duplicates` + `rejected`.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    kind = models.CharField(max_length=50)
    format = models.CharField(max_length=6, help_text="csv or ndjson")
    state = models.CharField(max_length=7, choices=JobState, default=JobState.QUEUED)
    failure = models.TextField(blank=True)
    file_name = models.CharField(max_length=100, help_text="of the body, in the brand's import folder")
    bytes_total = models.BigIntegerField()
    bytes_done = models.BigIntegerField(default=0, help_text="where the next chunk begins")
    next_line = models.BigIntegerField(default=1)
    rows = models.BigIntegerField(default=0)
    accepted = models.BigIntegerField(default=0)
    updated = models.BigIntegerField(default=0)
    duplicates = models.BigIntegerField(default=0)
    rejected = models.BigIntegerField(default=0)
    errors = models.JSONField(default=list, help_text="the first 100: line, field, code, message")
    rejects_bytes = models.BigIntegerField(default=0, help_text="how much of the rejects file counts")
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=JobState.values), name="import_job_state_known"),
            models.CheckConstraint(
                condition=models.Q(
                    rows=models.F("accepted") + models.F("updated") + models.F("duplicates") + models.F("rejected")
                ),
                name="import_job_counts_add_up",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["-created_at"], name="import_job_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

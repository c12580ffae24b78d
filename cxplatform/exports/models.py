from typing import ClassVar

from django.db import models

from cxplatform.jobs.models import JobState


class ExportFormat(models.TextChoices):
    CSV = "CSV"
    XLSX = "XLSX"
    NDJSON = "NDJSON"


class ExportJob(models.Model):
    """One file that is made of rows somebody asked for, and how far that is.

    It shares its id with the `Job` that makes it. Which rows and which columns was settled when it was asked for, by
    what the asker may see: the keys lie beside the file. Of the link's token only the SHA-256 is stored.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    kind = models.CharField(max_length=50)
    format = models.CharField(max_length=6, choices=ExportFormat)
    columns = models.JSONField(help_text="names of the kind's columns")
    state = models.CharField(max_length=7, choices=JobState, default=JobState.QUEUED)
    failure = models.TextField(blank=True)
    rows_asked = models.BigIntegerField(help_text="how many rows matched when it was asked for")
    rows_done = models.BigIntegerField(default=0, help_text="how many of these were looked at")
    rows = models.BigIntegerField(default=0, help_text="written: what was erased meanwhile is not")
    work_bytes = models.BigIntegerField(default=0, help_text="how much of the file being written counts")
    bytes = models.BigIntegerField(null=True, blank=True, help_text="of the finished file")
    token_hash = models.BinaryField(max_length=32, unique=True)
    expires_at = models.DateTimeField()
    # A member of the shared schema: its id, where it has one, and the name it showed.
    asked_by = models.CharField(max_length=200)
    asked_by_id = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=JobState.values), name="export_job_state_known"),
            models.CheckConstraint(condition=models.Q(format__in=ExportFormat.values), name="export_job_format_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["created_at", "id"], name="export_job_in_time")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

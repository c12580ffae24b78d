from typing import ClassVar

from django.db import models
from django.db.models import Q

from cxplatform.ids import uuid7
from cxplatform.jobs.models import JobState

UNFINISHED = (JobState.QUEUED, JobState.RUNNING)


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

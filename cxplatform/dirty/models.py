from typing import ClassVar

from django.db import models

from cxplatform.ids import uuid7


class DirtyMark(models.Model):
    """A day of a topic whose derived numbers must be made anew; only ever appended, and deleted by whoever did it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    topic = models.CharField(max_length=50)
    day = models.DateField(help_text="in the brand's zone")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["topic", "day"], name="dirty_mark_of_topic")]

    def __str__(self) -> str:
        return f"{self.topic} {self.day}"

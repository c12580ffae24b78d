from django.db import models

from cxplatform.ids import uuid7


class Keyed(models.Model):
    """A row that people make by hand and refer to by its key."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=100, unique=True)
    created_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.key

from django.db import models

from cxplatform.ids import uuid7


class Keyed(models.Model):
    """A row known by what the source system calls it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=100, unique=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.key

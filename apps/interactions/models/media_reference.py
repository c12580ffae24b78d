from typing import ClassVar

from django.db import models

from cxplatform.imports.sourced import Imported, one_of, unique_in_source

LONGEST_URL = 2_000


class MediaKind(models.TextChoices):
    RECORDING = "RECORDING"
    TRANSCRIPT = "TRANSCRIPT"


class MediaReference(Imported):
    """Where the recording or the transcript of an interaction lies: an address, which nothing here ever opens.

    It names its interaction by the id that one has in the same source, for it may be told before it. `at`: when what
    lies there was made; by that it is kept or removed.
    """

    interaction_external_id = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=MediaKind)
    at = models.DateTimeField()
    url = models.CharField(max_length=LONGEST_URL)

    class Meta:
        constraints: ClassVar = [
            unique_in_source("media_reference"),
            one_of("media_reference", "kind", MediaKind.values),
        ]
        indexes: ClassVar = [
            models.Index(fields=["source", "interaction_external_id", "at", "id"], name="media_reference_of_contact"),
            models.Index(fields=["at", "id"], name="media_reference_in_time"),
        ]

    def __str__(self) -> str:
        return f"{self.interaction_external_id} {self.kind} {self.at:%Y-%m-%d}"

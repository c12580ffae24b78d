from typing import ClassVar, Final

from django.db import models

from cxplatform.ids import uuid7
from cxplatform.imports.sourced import one_of


class SurveyKind(models.TextChoices):
    NPS = "NPS"
    CSAT = "CSAT"
    CES_5 = "CES_5"
    CES_7 = "CES_7"
    FCR = "FCR"


class SurveyScope(models.TextChoices):
    """What answers speak of: one moment of service, or all there is between customer and brand. Never pooled."""

    TRANSACTIONAL = "TRANSACTIONAL"
    RELATIONAL = "RELATIONAL"


# What a survey of each kind speaks of where nobody said: so do those that imports make.
USUAL_SCOPES: Final[dict[str, str]] = {
    "NPS": "RELATIONAL",
    "CSAT": "TRANSACTIONAL",
    "CES_5": "TRANSACTIONAL",
    "CES_7": "TRANSACTIONAL",
    "FCR": "TRANSACTIONAL",
}

# The lowest and the highest score a question of each kind can be answered with.
SCORE_RANGES: Final[dict[str, tuple[int, int]]] = {
    "NPS": (0, 10),
    "CSAT": (1, 5),
    "CES_5": (1, 5),
    "CES_7": (1, 7),
    "FCR": (0, 1),
}


class Survey(models.Model):
    """One scored question put to customers; its kind, and so its scale, never changes, nor does its scope.

    What its page asks besides is said by its versions; a survey whose answers are imported has none.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=5, choices=SurveyKind)
    scope = models.CharField(max_length=13, choices=SurveyScope)

    class Meta:
        constraints: ClassVar = [
            one_of("survey", "kind", SurveyKind.values),
            one_of("survey", "scope", SurveyScope.values),
        ]

    def __str__(self) -> str:
        return self.key

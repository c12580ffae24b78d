from typing import ClassVar

from django.db import models
from django.db.models import Q

from apps.interactions.cases.joining import GAP

THE_ROW = 1
MOST_MEDIA_DAYS = 3_660


class ServiceSettings(models.Model):
    """How a brand's contacts are put together and kept: one row, made when it is first changed; until then, defaults.

    `case_days`: a contact belongs to the case whose last one was opened at most so long before. `media_days`: how long
    references to recordings and transcripts are kept; null: until somebody removes them.
    """

    id = models.BigIntegerField(primary_key=True, default=THE_ROW, editable=False)
    case_days = models.SmallIntegerField(default=GAP.days)
    media_days = models.IntegerField(null=True, blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(id=THE_ROW), name="service_settings_one_row"),
            models.CheckConstraint(
                condition=Q(media_days__isnull=True) | Q(media_days__range=(1, MOST_MEDIA_DAYS)),
                name="service_settings_media_days_known",
            ),
            models.CheckConstraint(condition=Q(case_days__range=(1, 30)), name="service_settings_case_days_known"),
        ]

    def __str__(self) -> str:
        return f"cases within {self.case_days} days"

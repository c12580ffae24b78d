"""Of whom the rules of segments are asked, and when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet


@dataclass(frozen=True)
class Asked:
    """The instant of asking, and the customers after one id up to another; without an end, all of that side.

    Whatever a rule looks at is looked at for these customers only: a set that is compared with another stays small,
    however the database goes about it.
    """

    now: datetime
    after: UUID | None = None
    until: UUID | None = None

    def among(self, rows: "QuerySet[Any]", key: str = "customer_id") -> "QuerySet[Any]":
        """Keep the rows that name one of these customers."""
        if self.after is not None:
            rows = rows.filter(**{f"{key}__gt": self.after})
        if self.until is not None:
            rows = rows.filter(**{f"{key}__lte": self.until})
        return rows

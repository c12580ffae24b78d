"""A goal in a brand's world, of a department that is there."""

from datetime import UTC, date, datetime

from apps.insights.models import Goal
from apps.journeys.models import Department

SET = datetime(2026, 3, 1, tzinfo=UTC)


def aim(suffix: str, text: str) -> None:
    """Set a goal in a group that is named after the suffix; `text` is what it is narrowed to."""
    Goal.objects.create(
        metric="NPS", variant="RELATIONAL", target=20, where={"queue": [text]}, starts_on=date(2026, 3, 1),
        ends_before=date(2026, 4, 1), group=f"group-{suffix}",
        department=Department.objects.get(key=f"department-{suffix}"), created_at=SET, updated_at=SET,
    )  # fmt: skip

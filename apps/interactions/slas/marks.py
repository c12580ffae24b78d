"""Which days' targets are to be made anew when what was promised, or how it is counted, changes."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import TruncDate

from apps.interactions.models import Interaction
from cxplatform.dirty.marks import mark
from cxplatform.tenancy.doors import current_brand

# Days whose contacts' targets are to be made anew.
TOPIC: Final = "sla"
# Days on which targets started that are to be counted anew.
MADE_TOPIC: Final = "sla_instance"


def mark_told(opened: Iterable[datetime]) -> None:
    """Mark the days on which contacts were opened of which something was told, whatever else it changes."""
    zone = current_brand().zone
    mark(TOPIC, {moment.astimezone(zone).date() for moment in opened})


def mark_opened_since(since: datetime) -> None:
    """Mark the days from an instant on on which contacts were opened: policies go by when that was."""
    mark(TOPIC, _days(Interaction.objects.filter(opened_at__gte=since)))


def mark_targets_counted_by(calendar_id: UUID, since: datetime) -> None:
    """Mark the days of contacts with a target that counts a calendar's time from an instant on."""
    after = Q(slas__ended_at__isnull=True) | Q(slas__ended_at__gte=since)
    counted = Interaction.objects.filter(after, slas__business=True, slas__version__calendar=calendar_id)
    mark(TOPIC, _days(counted))


def _days(rows: "QuerySet[Interaction]") -> Iterable[date]:
    day = TruncDate("opened_at", tzinfo=current_brand().zone)
    return rows.order_by().values_list(day, flat=True).distinct()

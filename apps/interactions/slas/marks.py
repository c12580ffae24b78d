"""Which contacts' targets are to be made anew: of single ones that something is told of, of whole days otherwise."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import TruncDate

from apps.interactions.models import Interaction, SlaMark
from cxplatform.dirty.marks import mark, wake_on_commit
from cxplatform.imports.loading import append_marks
from cxplatform.tenancy.doors import current_brand

# Days whose contacts' targets are to be made anew.
TOPIC: Final = "sla"
# Days on which targets started that are to be counted anew.
MADE_TOPIC: Final = "sla_instance"
# A day of which more contacts are told of in one stroke, by an import, is made anew whole: one mark for all.
MOST_OF_A_DAY: Final = 500


def mark_told(contacts: Iterable[tuple[UUID, datetime]]) -> None:
    """Mark contacts (id, opened at) of which something was told, whatever else it changes."""
    zone = current_brand().zone
    told: dict[date, set[UUID]] = defaultdict(set)
    for identity, opened_at in contacts:
        told[opened_at.astimezone(zone).date()].add(identity)
    mark(TOPIC, [day for day, its in told.items() if len(its) > MOST_OF_A_DAY])
    singly = {identity for its in told.values() if len(its) <= MOST_OF_A_DAY for identity in its}
    if singly:
        append_marks(SlaMark, singly)
        wake_on_commit(TOPIC)


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

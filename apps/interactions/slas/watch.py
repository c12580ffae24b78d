"""Targets that run, as the clock goes on: which are at risk, which are broken, and when that changes next."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import TruncDate

from apps.interactions.models import SlaInstance, SlaWatch
from apps.interactions.slas.marks import MADE_TOPIC
from cxplatform.dirty.marks import mark
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from cxplatform.tenancy.topics import topic

MOST_SHOWN: Final = 100
# A target is kept at the instant it is due.
_JUST_AFTER: Final = timedelta(milliseconds=1)
Targets = QuerySet[SlaInstance]


def targets_topic(brand_id: UUID) -> str:
    """Name the topic on which it is told that targets were made anew."""
    return topic(brand_id, "slas")


def running(targets: Targets) -> Targets:
    """Narrow to those that have not ended and are not paused."""
    return targets.filter(ended_at__isnull=True, due_at__isnull=False)


def at_risk(targets: Targets, within: timedelta, now: datetime) -> Targets:
    """Narrow to those due soon, the soonest first."""
    return running(targets).filter(due_at__gte=now, due_at__lte=now + within).order_by("due_at", "id")[:MOST_SHOWN]


def broken(targets: Targets, now: datetime) -> Targets:
    """Narrow to those that run past due, the latest first."""
    return running(targets).filter(due_at__lt=now).order_by("-due_at", "-id")[:MOST_SHOWN]


def changes_at(shown: Sequence[SlaInstance], targets: Targets, within: timedelta, now: datetime) -> datetime | None:
    """Return when the clock alone next changes what is at risk: one of those shown is broken, or another joins them."""
    moments = [each.due_at + _JUST_AFTER for each in shown if each.due_at is not None]
    following = _first_due(running(targets).filter(due_at__gt=now + within))
    return min([*moments, *([following - within] if following else [])], default=None)


def breaks_at(targets: Targets, now: datetime) -> datetime | None:
    """Return when the next target will be broken, if nobody ends it."""
    following = _first_due(running(targets).filter(due_at__gte=now))
    return following + _JUST_AFTER if following else None


def _first_due(targets: Targets) -> datetime | None:
    return targets.order_by("due_at").values_list("due_at", flat=True).first()


def count_broken(brand: BrandRef, now: datetime) -> None:
    """Have the days counted anew on which targets started that were broken since this was last done.

    That they are broken needs no writing down; that rollups were made before, does.
    """
    with brand_tx(brand):
        if not SlaInstance.objects.exists():
            return
        watch, _ = SlaWatch.objects.select_for_update().get_or_create(id=1, defaults={"counted_until": now})
        late = running(SlaInstance.objects.all()).filter(due_at__gte=watch.counted_until, due_at__lt=now)
        mark(MADE_TOPIC, late.values_list(TruncDate("started_at", tzinfo=brand.zone), flat=True).distinct())
        watch.counted_until = now
        watch.save()

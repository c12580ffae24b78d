"""Hand-offs that nobody accepts: when the time for it is over, without anybody doing anything."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, Value
from django.db.models.functions import Coalesce, TruncDate

from apps.journeys.models import Handoff, HandoffWatch
from cxplatform.dirty.marks import mark
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx

# Days whose hand-offs are to be counted anew.
TOPIC: Final = "handoff"
# How long accepting may take where a hand-off does not say.
USUAL_SECONDS: Final = 86_400
# And at most, whatever a hand-off says.
LONGEST: Final = timedelta(days=366)


def count_overdue(brand: BrandRef, now: datetime) -> None:
    """Have the days counted anew of hand-offs whose time to be accepted ended since this was last done.

    That it ended needs no writing down; that rollups were made before, does.
    """
    with brand_tx(brand):
        if not Handoff.objects.exists():
            return
        watch, _ = HandoffWatch.objects.select_for_update().get_or_create(id=1, defaults={"counted_until": now})
        allowed = ExpressionWrapper(
            Coalesce(F("accept_within_seconds"), Value(float(USUAL_SECONDS))) * timedelta(seconds=1),
            output_field=DurationField(),
        )
        since = watch.counted_until - LONGEST
        waiting = Handoff.objects.filter(accepted_at__isnull=True, handed_at__gte=since, handed_at__lt=now).annotate(
            due_at=ExpressionWrapper(F("handed_at") + allowed, output_field=DateTimeField())
        )
        late = waiting.filter(due_at__gte=watch.counted_until, due_at__lt=now)
        mark(TOPIC, late.values_list(TruncDate("handed_at", tzinfo=brand.zone), flat=True).distinct())
        watch.counted_until = now
        watch.save()

"""What segments may ask of answers: a customer's latest one of a kind."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from apps.customers.segments.asked import Asked
from apps.customers.segments.conditions import since
from apps.surveys.models import USUAL_SCOPES, Survey, SurveyResponse


def last_score(said: Mapping[str, Any], asked: Asked) -> Q:
    """Match customers by their latest answer of a kind, of the last so many days where that is said.

    To surveys of the kind's usual scope: how one call was found is not what somebody thinks of the brand.
    """
    asking = Survey.objects.filter(scope=USUAL_SCOPES[said["kind"]])
    rows = SurveyResponse.objects.filter(
        kind=said["kind"], survey__in=asking, customer__isnull=False, answered_at__lte=asked.now
    )
    rows = asked.among(rows.filter(**since("answered_at", said, asked.now)))
    latest = rows.order_by("customer_id", "-answered_at", "-id").distinct("customer_id").values("pk")
    bounds = {f"score__{how}": said[name] for name, how in (("at_least", "gte"), ("at_most", "lte")) if name in said}
    return Q(pk__in=asked.among(SurveyResponse.objects.filter(pk__in=latest, **bounds)).values("customer_id"))

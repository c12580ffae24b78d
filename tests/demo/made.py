"""What there is of the little demo once it is made."""

from typing import Any

from apps.accounts.models import ApiKey, Brand, Member
from apps.customers.models import Customer, Order
from apps.insights.models import Goal
from apps.interactions.models import Interaction
from apps.journeys.models import Handoff, TouchpointEvent
from apps.metrics.models import Rollup
from apps.metrics.recompute import TOPICS
from apps.surveys.models import Campaign, Invitation, SurveyResponse, Theme
from cxplatform.dirty.models import DirtyMark
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.directory import brand_by_slug
from cxplatform.tenancy.doors import brand_tx, shared_tx

FACTS = (Customer, Order, TouchpointEvent, Interaction, SurveyResponse, Invitation, Handoff)


def brand(slug: str = "little-acme") -> BrandRef:
    found = brand_by_slug(slug)
    assert found is not None
    return found


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every fact of both brands by its key and moment of change, and the sizes of what is derived."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for slug in ("little-acme", "little-globex"):
        with brand_tx(brand(slug), read_only=True):
            for model in FACTS:
                rows = model.objects.order_by("external_id")
                found[f"{slug} {model.__name__}"] = list(rows.values_list("external_id", "updated_at"))
            found[f"{slug} campaigns"] = list(Campaign.objects.order_by("key").values_list("key", "state"))
            found[f"{slug} themes"] = list(Theme.objects.order_by("pk").values_list("pk", "name", "updated_at"))
            found[f"{slug} goals"] = list(Goal.objects.order_by("pk").values_list("pk", "metric", "updated_at"))
            found[f"{slug} rollups"] = [(Rollup.objects.count(),)]
            found[f"{slug} dirty"] = [(DirtyMark.objects.filter(topic__in=TOPICS).count(),)]
    with shared_tx(read_only=True):
        found["accounts"] = [(Brand.objects.count(), Member.objects.count(), ApiKey.objects.count())]
    return found

"""What happened that a campaign asks about, by its trigger, in the order of time. Runs in the open door."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet

from apps.customers.models import Customer, Order, OrderKind
from apps.interactions.models import Interaction
from apps.journeys.models import StageVisit, TouchpointEvent
from apps.surveys.models import Campaign, Trigger
from cxplatform.tenancy.doors import current_brand

# Where invitations are from that are about no contact of a source's.
SOURCE: Final = "surveys"
_BOUGHT: Final = (OrderKind.PURCHASE, OrderKind.RENEWAL, OrderKind.EXPANSION)
# Rows are made after what they tell of, by clocks that agree to within so much.
_CLOCKS: Final = timedelta(days=1)
Place = tuple[datetime, UUID]


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something that happened to a customer; `name` tells it from all others that a campaign asks about."""

    name: str
    at: datetime
    row: UUID
    customer: UUID
    source: str = SOURCE
    interaction: str | None = None
    touchpoint: UUID | None = None


def happened(campaign: Campaign, after: Place, until: datetime, most: int) -> list[Occasion]:
    """Return the next of what happened from a place on, by `until`; fewer than `most` when there is no more."""
    return list(_TRIGGERS[Trigger(campaign.trigger)](campaign, after, until, most))


def _page(rows: "QuerySet[Any]", moment: str, after: Place, until: datetime, most: int) -> "QuerySet[Any]":
    at, key = after
    beyond = Q(**{f"{moment}__gt": at}) | Q(**{moment: at, "pk__gt": key})
    return rows.filter(beyond, **{f"{moment}__gte": at, f"{moment}__lte": until}).order_by(moment, "pk")[:most]


def _resolved(campaign: Campaign, after: Place, until: datetime, most: int) -> Iterator[Occasion]:
    rows = Interaction.objects.filter(Q(resolved=None) | Q(resolved=True), customer__isnull=False)
    if campaign.touchpoint_id is not None:
        at = campaign.touchpoint_id
        rows = rows.filter(Q(touchpoint=at) | Q(touchpoint__isnull=True, placed=at))
    told = ("pk", "resolved_at", "customer_id", "source", "external_id", "touchpoint_id")
    for key, at, customer, source, external_id, touchpoint in _page(
        rows, "resolved_at", after, until, most
    ).values_list(*told):
        yield Occasion(f"interaction:{key}", at, key, customer, source, external_id, touchpoint)


def _stage_reached(campaign: Campaign, after: Place, until: datetime, most: int) -> Iterator[Occasion]:
    stage = campaign.stage
    assert stage is not None, campaign.key
    journey = stage.version.journey_id
    rows = _page(
        StageVisit.objects.filter(journey=journey, stage_key=stage.key), "entered_at", after, until, most
    ).values_list("pk", "entered_at", "customer_id", "touchpoint_id", "entered_by_id")
    # Visits are made anew and numbered otherwise; what one was entered by stays.
    for key, at, customer, touchpoint, by in rows:
        yield Occasion(f"stage:{journey}:{stage.key}:{by}", at, key, customer, touchpoint=touchpoint)


def _touchpoint_event(campaign: Campaign, after: Place, until: datetime, most: int) -> Iterator[Occasion]:
    rows = TouchpointEvent.objects.filter(touchpoint=campaign.touchpoint_id)
    told = _page(rows, "occurred_at", after, until, most).values_list("pk", "occurred_at", "customer_id")
    for key, at, customer in told:
        yield Occasion(f"event:{key}", at, key, customer, touchpoint=campaign.touchpoint_id)


def _ordered(campaign: Campaign, after: Place, until: datetime, most: int) -> Iterator[Occasion]:
    """Orders have no index by time alone: their ids, which are made in the order of time, serve as one."""
    rows = Order.objects.filter(kind__in=_BOUGHT, pk__gte=_least_id(after[0] - _CLOCKS))
    told = _page(rows, "ordered_at", after, until, most).values_list("pk", "ordered_at", "customer_id")
    for key, at, customer in told:
        yield Occasion(f"order:{key}", at, key, customer, touchpoint=campaign.touchpoint_id)


def _date(campaign: Campaign, after: Place, until: datetime, most: int) -> Iterator[Occasion]:
    """The day is the same for all: customers by their ids."""
    begins = begins_on(campaign)
    if not after[0] <= begins <= until:
        return
    rows = Customer.objects.filter(merged_into__isnull=True, churned_at__isnull=True)
    if after[0] == begins:
        rows = rows.filter(pk__gt=after[1])
    for key in rows.order_by("pk").values_list("pk", flat=True)[:most]:
        yield Occasion(f"date:{campaign.on_date}:{key}", begins, key, key, touchpoint=campaign.touchpoint_id)


def _by_hand(*_: object) -> Iterator[Occasion]:
    return iter(())


def begins_on(campaign: Campaign) -> datetime:
    """Return when the day of a campaign by date begins for the brand."""
    assert campaign.on_date is not None, campaign.key
    return datetime.combine(campaign.on_date, time.min, current_brand().zone)


def _least_id(at: datetime) -> UUID:
    """Return the least id that may have been made at a moment (UUIDv7: milliseconds first)."""
    return UUID(int=int(max(at.timestamp(), 0) * 1000) << 80)


_TRIGGERS: Final[Mapping[Trigger, Callable[[Campaign, Place, datetime, int], Iterator[Occasion]]]] = {
    Trigger.INTERACTION_RESOLVED: _resolved,
    Trigger.STAGE_REACHED: _stage_reached,
    Trigger.TOUCHPOINT_EVENT: _touchpoint_event,
    Trigger.ORDERED: _ordered,
    Trigger.DATE: _date,
    Trigger.BY_HAND: _by_hand,
}

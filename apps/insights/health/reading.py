"""What is known of customers, of any number of them in as many statements as of one; in the open door."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from apps.customers.models import Customer, Order
from apps.insights.health.scoring import DAYS, SILENT_BY, Known
from apps.interactions.models import Interaction, SlaInstance
from apps.journeys.models import Outcome, TouchpointEvent
from apps.metrics.models import CustomerValue
from apps.surveys.models import SurveyResponse

# A low score: a detractor, dissatisfied, great effort, or not resolved.
ARE_LOW = (
    Q(kind="NPS", score__lte=6)
    | Q(kind="CSAT", score__lte=2)
    | Q(kind="CES_5", score__gte=4)
    | Q(kind="CES_7", score__lte=3)
    | Q(kind="FCR", score=0)
)
_REPEATED_WITHIN = timedelta(days=7)
_Row = dict[str, Any]


def known_of(customers: Collection[UUID], *, now: datetime) -> dict[UUID, Known]:
    """Return what is known of each customer. Seven SELECTs."""
    recent, longest = now - timedelta(days=DAYS), now - timedelta(days=SILENT_BY)
    told: dict[UUID, _Row] = {key: {} for key in customers}
    signs: dict[UUID, list[datetime]] = {key: [] for key in customers}
    for rows in (
        _answers(customers, recent, longest, now),
        _contacts(customers, recent, longest, now),
        _events(customers, recent, longest, now),
        _orders(customers, longest, now),
    ):
        for row in rows:
            key, last = row.pop("customer_id"), row.pop("last")
            told[key] |= row
            signs[key].append(last)
    for key, broken in _broken(customers, recent, now):
        told[key]["broken_slas"] = broken
    known = {key: Known(**row) for key, row in told.items()}
    for key, p_alive in CustomerValue.objects.filter(customer__in=customers).values_list("customer_id", "p_alive"):
        known[key] = replace(known[key], p_alive=p_alive)
    for key, joined, churned in _standing(customers):
        days = _silent(signs[key], joined, now)
        known[key] = replace(known[key], silent_days=days, churned=churned is not None and churned <= now)
    return known


def _silent(signs: list[datetime], joined: datetime | None, now: datetime) -> float | None:
    """Return for how many days nothing was heard, as far as it was looked back; None for who only just came."""
    if not signs and joined is not None and joined > now - timedelta(days=SILENT_BY):
        signs = [joined]
    return float(round((now - max(signs)) / timedelta(days=1), 1) if signs else SILENT_BY)


def _standing(customers: Collection[UUID]) -> Iterable[tuple[UUID, datetime | None, datetime | None]]:
    return Customer.objects.filter(pk__in=customers).values_list("pk", "joined_at", "churned_at")


def _answers(customers: Collection[UUID], recent: datetime, longest: datetime, now: datetime) -> Iterable[_Row]:
    late = Q(answered_at__gte=recent)
    rows = SurveyResponse.objects.filter(customer__in=customers, answered_at__gte=longest, answered_at__lt=now)
    return _by_customer(
        rows, last=Max("answered_at"), answers=Count("pk", filter=late), low_answers=Count("pk", filter=late & ARE_LOW)
    )


def _contacts(customers: Collection[UUID], recent: datetime, longest: datetime, now: datetime) -> Iterable[_Row]:
    late = Q(opened_at__gte=recent, direction="INBOUND")
    again = Interaction.objects.filter(
        customer=OuterRef("customer"),
        reason=OuterRef("reason"),
        direction="INBOUND",
        opened_at__gt=OuterRef("opened_at"),
        opened_at__lte=OuterRef("opened_at") + _REPEATED_WITHIN,
    )
    rows = Interaction.objects.filter(customer__in=customers, opened_at__gte=longest, opened_at__lt=now)
    return _by_customer(
        rows.alias(again=Exists(again)),
        last=Max("opened_at"),
        contacts=Count("pk", filter=late),
        repeated=Count("pk", filter=late & Q(again=True)),
    )


def _events(customers: Collection[UUID], recent: datetime, longest: datetime, now: datetime) -> Iterable[_Row]:
    late = Q(occurred_at__gte=recent, outcome__isnull=False)
    rows = TouchpointEvent.objects.filter(customer__in=customers, occurred_at__gte=longest, occurred_at__lt=now)
    return _by_customer(
        rows,
        last=Max("occurred_at"),
        events=Count("pk", filter=late),
        hitches=Count("pk", filter=late & Q(outcome=Outcome.FRICTION)),
        failures=Count("pk", filter=late & Q(outcome=Outcome.FAILED)),
    )


def _orders(customers: Collection[UUID], longest: datetime, now: datetime) -> Iterable[_Row]:
    rows = Order.objects.filter(customer__in=customers, ordered_at__gte=longest, ordered_at__lt=now)
    return _by_customer(rows, last=Max("ordered_at"))


def _broken(customers: Collection[UUID], recent: datetime, now: datetime) -> Iterable[tuple[UUID, int]]:
    """Count broken service levels of contacts, ended late or past due and running."""
    rows = SlaInstance.objects.filter(
        interaction__customer__in=customers, interaction__opened_at__gte=recent, interaction__opened_at__lt=now
    )
    broken = rows.alias(by=Coalesce(F("ended_at"), Value(now))).filter(by__gt=F("due_at"))
    return broken.values_list("interaction__customer_id").annotate(Count("pk"))


def _by_customer(rows: "QuerySet[Any]", **counted: Any) -> Iterable[_Row]:
    grouped: Iterable[_Row] = rows.order_by().values("customer_id").annotate(**counted)
    return grouped

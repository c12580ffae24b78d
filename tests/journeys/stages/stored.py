"""Journeys and what customers went through, stored and read in the open brand door."""

from datetime import UTC, datetime, timedelta
from typing import Any

from apps.customers.models import Customer
from apps.journeys.models import (
    Department,
    Journey,
    JourneyProgress,
    JourneyStage,
    JourneyVersion,
    Placement,
    StageVisit,
    Touchpoint,
    TouchpointEvent,
)
from apps.journeys.spans import lay_out
from apps.journeys.stages.staging import stage
from cxplatform.imports.upserts import upsert

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
NOW = datetime(2026, 6, 1, tzinfo=UTC)
# Touchpoints by stage.
BUYING: dict[str, tuple[str, ...]] = {
    "look": ("ad",),
    "buy": ("shop", "checkout"),
    "get": ("parcel",),
    "help": ("faq",),
}


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def published(
    stages: dict[str, tuple[str, ...]] | None = None,
    *,
    journey: str = "buying",
    since: float = -1_000,
    until: float | None = None,
    slo: dict[str, int] | None = None,
    owner: str = "shop",
) -> JourneyVersion:
    """Put a version in force, with these service levels in milliseconds by touchpoint."""
    its = Journey.objects.get_or_create(key=journey, defaults={"name": journey, "created_at": START})[0]
    department = Department.objects.get_or_create(key=owner, defaults={"name": owner, "created_at": START})[0]
    version = JourneyVersion.objects.create(
        journey=its, number=its.versions.count() + 1, state="PUBLISHED", effective_from=day(since),
        effective_until=None if until is None else day(until), created_at=START, published_at=START,
    )  # fmt: skip
    laid, position = [], 0
    for place, (key, touchpoints) in enumerate((stages or BUYING).items()):
        made = JourneyStage.objects.create(version=version, position=place, key=key, kind="PURCHASE", name=key)
        for name in touchpoints:
            touchpoint = Touchpoint.objects.get_or_create(key=name, defaults={"name": name})[0]
            level = (slo or {}).get(name)
            Placement.objects.create(
                version=version, stage=made, position=position, touchpoint=touchpoint, name=name, channel="WEB",
                owner=department, is_moment_of_truth=False, weight=1, slo_ms=level,
                slo_share=None if level is None else 0.9,
            )  # fmt: skip
            laid.append(touchpoint.pk)
            position += 1
    lay_out(laid)
    return version


def went(touchpoint: str, days: float, *, customer: str = "ann", **more: Any) -> TouchpointEvent:
    """Have a customer go through something so many days after the start."""
    who = Customer.objects.get_or_create(external_id=customer)[0]
    where = Touchpoint.objects.get_or_create(key=touchpoint, defaults={"name": touchpoint})[0]
    told = {"external_id": f"{customer} {touchpoint} {days}", "occurred_at": day(days), **more}
    return TouchpointEvent.objects.create(customer=who, touchpoint=where, **told)


def event(external_id: str, touchpoint: str, days: float, customer: str = "ann") -> dict[str, Any]:
    """Write a row of the import."""
    return {"external_id": external_id, "touchpoint": touchpoint, "occurred_at": day(days), "customer": customer}


def load(kind: Any, *rows: dict[str, Any]) -> None:
    assert {outcome.status.value for outcome in upsert(kind, list(rows), now=NOW)} <= {"ACCEPTED", "UPDATED"}


def stage_all() -> None:
    stage(list(Customer.objects.values_list("pk", flat=True)))


def ways() -> dict[str, list[tuple[str, float, float | None]]]:
    """Tell each customer's visits: stage, and after how many days it was entered and left."""
    found: dict[str, list[tuple[str, float, float | None]]] = {}
    for visit in StageVisit.objects.select_related("customer").order_by("customer__external_id", "journey", "number"):
        entered, left = visit.entered_at - START, visit.left_at and visit.left_at - START
        one = timedelta(days=1)
        told = (visit.stage_key, entered / one, None if left is None else left / one)
        found.setdefault(visit.customer.external_id, []).append(told)
    return found


def standing() -> dict[str, str]:
    """Tell the stage each customer was in last."""
    return dict(JourneyProgress.objects.values_list("customer__external_id", "stage_key"))

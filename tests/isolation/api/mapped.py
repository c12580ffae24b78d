"""A journey in a brand's world: published, with a touchpoint in a stage, an owner and a promise."""

from datetime import UTC, datetime

from apps.customers.models import Customer
from apps.journeys.models import (
    BrandPromise,
    Department,
    Friction,
    FrictionChange,
    FrictionEvidence,
    Handoff,
    HandoffWatch,
    Journey,
    JourneyProgress,
    JourneyStage,
    JourneyVersion,
    Placement,
    PromiseOutcome,
    PromiseStatement,
    StageMark,
    StageVisit,
    Touchpoint,
    TouchpointEvent,
    TouchpointSpan,
    Walkthrough,
    WalkthroughScore,
)
from cxplatform.ids import uuid7
from tests.isolation.api.aiming import aim

SINCE = datetime(2026, 1, 1, tzinfo=UTC)


def map_journey(suffix: str, touchpoint: Touchpoint, text: str) -> None:
    """Make one of everything a journey consists of; `text` is what names are."""
    owner = Department.objects.create(key=f"department-{suffix}", name=text, created_at=SINCE)
    promise = BrandPromise.objects.create(
        key=f"promise-{suffix}", text=text, criterion="WITHIN", within_ms=1, maker=owner, created_at=SINCE
    )
    journey = Journey.objects.create(key=f"journey-{suffix}", name=text, created_at=SINCE)
    version = JourneyVersion.objects.create(
        journey=journey, number=1, state="PUBLISHED", effective_from=SINCE, created_at=SINCE, published_at=SINCE
    )
    stage = JourneyStage.objects.create(version=version, position=0, key=f"stage-{suffix}", kind="PURCHASE", name=text)
    placement = Placement.objects.create(
        version=version, stage=stage, position=0, touchpoint=touchpoint, name=text, channel="WEB", owner=owner,
        is_moment_of_truth=True, weight=100, promise=promise, slo_ms=30_000, slo_share=0.9,
    )  # fmt: skip
    TouchpointSpan.objects.create(
        touchpoint=touchpoint, since=SINCE, placement=placement, stage=stage.key, department=owner.key
    )
    walk = Walkthrough.objects.create(
        version=version, walked_at=SINCE, shopper=text, note=text, recorded_at=SINCE, recorded_by_id=uuid7(),
        recorded_by=text,
    )  # fmt: skip
    WalkthroughScore.objects.create(
        walkthrough=walk, placement=placement, touchpoint=touchpoint, walked_at=SINCE, score=3, note=text
    )
    friction = Friction.objects.create(
        touchpoint=touchpoint, rule="REPORTED", title=text, category="POLICY", severity="LOW", status="CONFIRMED",
        status_since=SINCE, department=owner, assignee=text, contacts=1, created_at=SINCE, updated_at=SINCE,
    )  # fmt: skip
    FrictionChange.objects.create(friction=friction, at=SINCE, status="CONFIRMED", note=text, actor_name=text)
    FrictionEvidence.objects.create(friction=friction, kind="INTERACTION", object_id=uuid7(), at=SINCE)
    aim(suffix, text)


def send_along(customer: Customer) -> None:
    """Put a customer on every journey there is, in its stage."""
    StageMark.objects.create(customer_id=customer.pk)
    for stage in JourneyStage.objects.select_related("version"):
        about = {"customer": customer, "journey_id": stage.version.journey_id, "stage": stage, "stage_key": stage.key}
        StageVisit.objects.create(
            **about, number=1, touchpoint=Touchpoint.objects.first(), entered_at=SINCE, entered_by_kind="INTERACTION",
            entered_by_id=uuid7(), came="BEGAN", skipped=0, again=0, moments=1, last_moment_at=SINCE,
        )  # fmt: skip
        JourneyProgress.objects.create(**about, began_at=SINCE, since=SINCE, visits=1, last_moment_at=SINCE)


def hand_on(customer: Customer, suffix: str) -> None:
    """Hand a customer's matter from the department that both brands have to the one that only this brand has."""
    sales, own = (Department.objects.get(key=f"department-{key}") for key in ("common", suffix))
    Handoff.objects.create(
        external_id="h-1", customer=customer, from_department=sales, to_department=own, handed_at=SINCE,
        promise=f"promise-{suffix}", interaction_external_id=f"i-{suffix}",
    )  # fmt: skip
    HandoffWatch.objects.create(id=1, counted_until=SINCE)


def judge_promise(event: TouchpointEvent, text: str) -> None:
    """Put an outcome of the last promise into the ledger that somebody stated and somebody repaired."""
    promise = BrandPromise.objects.latest("pk")
    said = {
        "promise": promise, "evidence_kind": "TouchpointEvent", "evidence_id": event.pk, "customer": event.customer,
        "touchpoint": event.touchpoint, "occurred_at": event.occurred_at,
    }  # fmt: skip
    statement = PromiseStatement.objects.create(
        outcome="BROKEN", repaired_by=promise.maker, repaired_at=event.occurred_at, note=text, recorded_at=SINCE,
        recorded_by_id=uuid7(), recorded_by=text, **said,
    )  # fmt: skip
    PromiseOutcome.objects.create(
        id=uuid7(), outcome="BROKEN", decided_by="PERSON", maker=promise.maker, owner=promise.maker,
        repaired_by=promise.maker, repaired_at=event.occurred_at, statement=statement, repair=statement,
        **said,
    )  # fmt: skip

"""A journey in a brand's world: published, with a touchpoint in a stage, an owner and a promise."""

from datetime import UTC, datetime

from apps.journeys.models import (
    BrandPromise,
    Department,
    Friction,
    FrictionChange,
    FrictionEvidence,
    Journey,
    JourneyStage,
    JourneyVersion,
    Placement,
    Touchpoint,
    TouchpointSpan,
    Walkthrough,
    WalkthroughScore,
)
from cxplatform.ids import uuid7

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

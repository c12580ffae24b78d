"""What hand-offs, promises and stages are of: two departments, a promise, and a journey of one stage."""

from typing import NamedTuple

from apps.journeys.models import (
    BrandPromise,
    Department,
    Journey,
    JourneyStage,
    JourneyVersion,
    Touchpoint,
)
from tests.graphql.rows import START


class Mapped(NamedTuple):
    shop: Department
    care: Department
    promise: BrandPromise
    stage: JourneyStage
    touchpoint: Touchpoint


def mapped() -> Mapped:
    """Make them in the open brand door, or find them."""
    made = {"created_at": START}
    shop, care = (
        Department.objects.get_or_create(key=key, defaults={"name": key, **made})[0] for key in ("shop", "care")
    )
    promise = BrandPromise.objects.get_or_create(
        key="quick", defaults={"text": "Quick", "criterion": "BY_HAND", "maker": shop, **made}
    )[0]
    journey = Journey.objects.get_or_create(key="buying", defaults={"name": "Buying", **made})[0]
    version = JourneyVersion.objects.get_or_create(journey=journey, number=1, defaults=made)[0]
    told = {"position": 0, "kind": "PURCHASE", "name": "Buy"}
    stage = JourneyStage.objects.get_or_create(version=version, key="buy", defaults=told)[0]
    touchpoint = Touchpoint.objects.get_or_create(key="checkout")[0]
    return Mapped(shop, care, promise, stage, touchpoint)

"""`Customer.health`: reckoned when it is asked for, for all customers of a page together."""

from collections.abc import Sequence
from enum import Enum
from typing import Any
from uuid import UUID

import strawberry

from apps.customers.graphql.enums import HealthBand
from apps.customers.graphql.types import Customer
from apps.insights.health import scoring
from apps.insights.health.reading import known_of
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.prices import Price, priced
from cxplatform.graphql.registry import extend
from cxplatform.graphql.siblings import siblings_of


@strawberry.enum(description="What a score of health is made of; counted over the last 90 days.")
class HealthPartKey(Enum):
    LOW_SCORES = strawberry.enum_value(
        "LOW_SCORES",
        description="The share of answers that were low: NPS to 6, CSAT to 2, CES_5 from 4, CES_7 to 3, FCR no.",
    )
    REPEAT_CONTACTS = strawberry.enum_value(
        "REPEAT_CONTACTS",
        description="How many inbound contacts were followed by another on the same reason within seven days.",
    )
    FAILED_TOUCHPOINTS = strawberry.enum_value(
        "FAILED_TOUCHPOINTS", description="How many events at touchpoints went with friction or failed."
    )
    BROKEN_SLAS = strawberry.enum_value("BROKEN_SLAS", description="How many service levels of its contacts broke.")
    LEAVING = strawberry.enum_value("LEAVING", description="How likely it is still a customer, 0 to 1.")
    SILENCE = strawberry.enum_value("SILENCE", description="For how many days nothing was heard of it; up to 180.")
    CHURNED = strawberry.enum_value("CHURNED", description="Whether it has left: 1 or 0.")


@strawberry.enum(description="Why there is no score.")
class HealthUnknown(Enum):
    TOO_LITTLE_KNOWN = strawberry.enum_value(
        "TOO_LITTLE_KNOWN", description="Fewer than three answers, contacts and events, and no model of its purchases."
    )


@strawberry.type(description="A part of a score of health.")
class HealthPart:
    key: HealthPartKey = column("Which.")
    value: float | None = column("What was found; null where nothing is known of it.")
    cost: float = column("What it takes away from 100.")
    weight: float = column("What it takes away at most.")


@strawberry.type(description="How a customer fares with the brand, and why.")
class CustomerHealth:
    score: float | None = column("0 to 100: what its parts leave of 100. Null where too little is known.")
    band: HealthBand | None = column("What that means.")
    reason: HealthUnknown | None = column("Why there is no score; null where there is one.")
    parts: list[HealthPart] = column("All it is made of, whatever each takes away.", price=Price())


def _health(root: strawberry.Parent[Any], info: Info) -> CustomerHealth | None:
    def fetch(members: Sequence[Any]) -> dict[UUID, scoring.Health]:
        known = known_of([each.pk for each in members], now=info.context.now)
        return {key: scoring.health_of(each) for key, each in known.items()}

    found: dict[UUID, Any] = siblings_of(root).load("health", fetch)
    health: CustomerHealth | None = found.get(root.pk)
    return health


def give_health() -> None:
    """Give customers their health; before the schema is built."""
    field = strawberry.field(
        resolver=_health,
        metadata=priced(Price(10)),
        description="How it fares, reckoned from the last 90 days as they are now.",
    )
    extend(Customer, "health", CustomerHealth | None, field)

"""What a friction costs, which takes the contacts its touchpoint brought and what an agent's hour costs."""

from decimal import Decimal
from typing import Any

import strawberry

from apps.insights.costs.reckoning import Cost, checked_hour
from apps.insights.graphql.arguments import AgentHour
from apps.journeys.graphql.frictions.types import Friction
from apps.metrics.graphql.types import Money
from cxplatform.graphql.registry import extend
from cxplatform.tenancy.doors import current_brand

_CENT, _HOUR = Decimal("0.01"), Decimal(3_600)


def _cost(root: strawberry.Parent[Any], agent_hour: AgentHour) -> Money | None:
    checked_hour(agent_hour)
    if not root.contacts:
        return None
    amount = Decimal(root.handle_seconds) / _HOUR * agent_hour
    return Cost(amount.quantize(_CENT), current_brand().currency)  # type: ignore[return-value]  # shown as the type


def give_costs() -> None:
    """Give frictions what they cost; before the schema is built."""
    extend(
        Friction,
        "cost",
        Money | None,
        strawberry.field(
            resolver=_cost,
            description="What the contacts that its touchpoint brought meanwhile cost: their handle time at that rate."
            " Null where none were counted.",
        ),
    )

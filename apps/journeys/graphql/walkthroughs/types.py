from typing import Any

import strawberry_django
from django.db.models import QuerySet
from strawberry import auto

from apps.accounts.permissions import Permission
from apps.journeys import models
from apps.journeys.graphql.mapping.types import JourneyVersion, Placement
from apps.journeys.graphql.types import Touchpoint
from apps.journeys.graphql.walkthroughs.filters import WalkthroughScoreWhere, WalkthroughWhere
from apps.journeys.graphql.walkthroughs.orders import WALKTHROUGH_ORDERS, WALKTHROUGH_SCORE_ORDERS
from cxplatform.graphql.columns import column, relation
from cxplatform.graphql.connections import Children, Connection, child_connection
from cxplatform.graphql.context import AnyInfo
from cxplatform.graphql.nodes import Node, Stored
from cxplatform.graphql.registry import extend

_PERSONAL = Permission.PERSONAL_DATA


@strawberry_django.type(models.Walkthrough, description="A mystery shopper's walk along a version of a journey.")
class Walkthrough(Stored, Node):
    requires = Permission.READ_CONFIGURATION

    walked_at: auto = column("When it was walked.")
    shopper: str | None = column("Personal data: who walked.", requires=_PERSONAL)
    note: str | None = column("Personal data: what there is to say of all of it; may be empty.", requires=_PERSONAL)
    recorded_at: auto = column("When it was recorded.")
    recorded_by: str | None = column("Personal data: the name of whoever recorded it.", requires=_PERSONAL)
    version: JourneyVersion | None = relation("What was walked along.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return queryset


@strawberry_django.type(models.WalkthroughScore, description="What a mystery shopper gave a touchpoint.")
class WalkthroughScore(Stored, Node):
    requires = Permission.READ_CONFIGURATION

    walked_at: auto = column("When it was walked.")
    score: auto = column("0, the worst, to 10.")
    note: str | None = column("Personal data: what there is to say of it; may be empty.", requires=_PERSONAL)
    walkthrough: Walkthrough | None = relation("The walk it is of.")
    touchpoint: Touchpoint | None = relation("What was scored.")
    placement: Placement | None = relation("Its place in the version that was walked along.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return queryset


def _scores(column: str) -> Children:
    return Children(WalkthroughScore, WALKTHROUGH_SCORE_ORDERS, WalkthroughScoreWhere, (column,))


extend(
    JourneyVersion,
    "walkthroughs",
    Connection[Walkthrough] | None,
    child_connection(
        Children(Walkthrough, WALKTHROUGH_ORDERS, WalkthroughWhere, ("version_id",)),
        description="Walks along it; the newest first.",
    ),
)
extend(
    Walkthrough,
    "scores",
    Connection[WalkthroughScore] | None,
    child_connection(_scores("walkthrough_id"), description="What was given to its touchpoints."),
)
extend(
    Touchpoint,
    "walkthrough_scores",
    Connection[WalkthroughScore] | None,
    child_connection(_scores("touchpoint_id"), description="What mystery shoppers gave it; the newest first."),
)

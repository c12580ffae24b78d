import strawberry

from apps.journeys.graphql.frictions.filters import FRICTION_ORDERS, FrictionWhere
from apps.journeys.graphql.frictions.types import Friction
from cxplatform.graphql.connections import Connection, root_connection


@strawberry.type
class FrictionQueries:
    frictions: Connection[Friction] | None = root_connection(
        Friction, FRICTION_ORDERS, FrictionWhere, description="Where it is hard for customers; the newest first."
    )

import strawberry

from apps.interactions.graphql.filters import InteractionWhere
from apps.interactions.graphql.orders import INTERACTION_ORDERS
from apps.interactions.graphql.types import Interaction
from cxplatform.graphql.connections import Connection, root_connection


@strawberry.type
class InteractionQueries:
    interactions: Connection[Interaction] | None = root_connection(
        Interaction, INTERACTION_ORDERS, InteractionWhere, description="The contacts between customers and the service."
    )

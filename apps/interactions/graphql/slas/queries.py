import strawberry

from apps.interactions.graphql.slas.filters import SlaInstanceWhere, SlaPolicyWhere
from apps.interactions.graphql.slas.orders import SLA_INSTANCE_ORDERS, SLA_POLICY_ORDERS
from apps.interactions.graphql.slas.types import SlaInstance, SlaPolicy
from cxplatform.graphql.connections import Connection, root_connection


@strawberry.type
class SlaQueries:
    sla_policies: Connection[SlaPolicy] | None = root_connection(
        SlaPolicy, SLA_POLICY_ORDERS, SlaPolicyWhere, description="What is promised, by key; retired ones too."
    )
    slas: Connection[SlaInstance] | None = root_connection(
        SlaInstance,
        SLA_INSTANCE_ORDERS,
        SlaInstanceWhere,
        description="Targets of contacts, the latest first. At risk are those that have not ended and are due soon.",
    )

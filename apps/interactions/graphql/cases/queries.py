import strawberry

from apps.interactions.graphql.cases.filters import CaseWhere
from apps.interactions.graphql.cases.orders import CASE_ORDERS
from apps.interactions.graphql.cases.types import Case
from cxplatform.graphql.connections import Connection, root_connection


@strawberry.type
class CaseQueries:
    cases: Connection[Case] | None = root_connection(
        Case, CASE_ORDERS, CaseWhere, description="What customers made contact about, contact by contact put together."
    )

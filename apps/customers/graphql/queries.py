import strawberry

from apps.customers.graphql.filters import CustomerWhere
from apps.customers.graphql.orders import CUSTOMER_ORDERS
from apps.customers.graphql.types import Customer
from cxplatform.graphql.connections import Connection, root_connection


@strawberry.type
class CustomerQueries:
    customers: Connection[Customer] | None = root_connection(
        Customer, CUSTOMER_ORDERS, CustomerWhere, description="The people the brand serves."
    )

import strawberry

from apps.accounts.permissions import Permission
from apps.customers.graphql.money.filters import EXCHANGE_RATE_ORDERS, ExchangeRateWhere
from apps.customers.graphql.money.types import ExchangeRate, MoneyTerms
from apps.customers.terms import money_terms
from cxplatform.graphql.connections import Connection, root_connection
from cxplatform.graphql.context import Info
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import query_field


@strawberry.type
class MoneyQueries:
    exchange_rates: Connection[ExchangeRate] | None = root_connection(
        ExchangeRate,
        EXCHANGE_RATE_ORDERS,
        ExchangeRateWhere,
        description="What other currencies are worth in the brand's; the latest first.",
    )

    @query_field(
        plane=Plane.BRAND,
        requires=Permission.READ_CONFIGURATION,
        description="The terms on which the brand reckons with money.",
    )
    def money_terms(self, info: Info) -> MoneyTerms | None:
        return money_terms()  # type: ignore[return-value]  # shown as the type

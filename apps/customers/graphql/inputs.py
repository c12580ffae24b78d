from datetime import datetime
from decimal import Decimal

import strawberry

from apps.customers.graphql.enums import OrderKind
from cxplatform.graphql.columns import column
from cxplatform.graphql.payloads import optional
from cxplatform.graphql.scalars import BigInt, CurrencyCode, Json


@strawberry.input(
    description="A customer, known by source and external id. What is left out stays as it is; null clears it."
)
class RecordCustomerInput:
    external_id: str = column("The id in the source system.")
    source: str | None = optional("The system it comes from; `import` when left out.")
    version: BigInt | None = optional("A lower version than the stored one changes nothing.")
    name: str | None = optional("The name.")
    email: str | None = optional("The e-mail address.")
    phone: str | None = optional("The telephone number.")
    language: str | None = optional("The language, as a BCP 47 tag.")
    country: str | None = optional("The country, ISO 3166-1 alpha-2.")
    segment: str | None = optional("The brand's own segment.")
    joined_at: datetime | None = optional("When it became a customer.")
    churned_at: datetime | None = optional("When it stopped being one.")
    attributes: Json | None = optional("Whatever else there is to tell: a JSON object.")


@strawberry.input(
    description="An order or a movement of a subscription, known by source and external id. What is left out stays as"
    " it is."
)
class RecordOrderInput:
    external_id: str = column("The id in the source system.")
    customer: str = column("The external id of who ordered, in the same source; made if unknown.")
    ordered_at: datetime = column("When it was ordered.")
    amount: Decimal = column("In major units of the currency; positive, the kind gives the sign.")
    currency: CurrencyCode | None = optional("The currency; the brand's when left out.")
    kind: OrderKind | None = optional("What it does to the revenue; PURCHASE when left out.")
    source: str | None = optional("The system it comes from; `import` when left out.")
    version: BigInt | None = optional("A lower version than the stored one changes nothing.")


@strawberry.input(description="That a customer brought another one, known by source and external id.")
class RecordReferralInput:
    external_id: str = column("The id in the source system.")
    referrer: str = column("The external id of who brought the other, in the same source; made if unknown.")
    customer: str = column("The external id of who was brought.")
    referred_at: datetime = column("When.")
    source: str | None = optional("The system it comes from; `import` when left out.")
    version: BigInt | None = optional("A lower version than the stored one changes nothing.")


@strawberry.input(description="What one unit of a currency is worth in the brand's, from an instant on.")
class ExchangeRateInput:
    currency: CurrencyCode = column("The currency.")
    effective_from: datetime = column("It holds from then on, until the next rate of this currency.")
    rate: float = column("In the brand's currency.")


@strawberry.input(description="Exchange rates.")
class RecordExchangeRatesInput:
    rates: list[ExchangeRateInput] = column("1 to 1,000 of them.")


@strawberry.input(description="The terms on which the brand reckons with money. What is left out stays as it is.")
class SetMoneyTermsInput:
    gross_margin: float | None = optional("The share of revenue that stays, 0 to 1.")
    monthly_discount: float | None = optional("By how much a month's wait makes money worth less, 0 to 1.")
    inactive_after_gaps: float | None = optional(
        "How many times the usual gap between two purchases somebody may be silent and still be a customer, 0.1 to 100."
    )
    least_p_alive: float | None = optional("Who is less likely still a customer than this is taken for lost, 0 to 1.")

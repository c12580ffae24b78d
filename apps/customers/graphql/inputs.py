from datetime import datetime

import strawberry

from cxplatform.graphql.columns import column
from cxplatform.graphql.payloads import optional
from cxplatform.graphql.scalars import BigInt, Json


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

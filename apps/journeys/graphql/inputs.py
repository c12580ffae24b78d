from datetime import datetime

import strawberry

from apps.journeys.graphql.enums import Outcome
from cxplatform.graphql.columns import column
from cxplatform.graphql.payloads import optional
from cxplatform.graphql.scalars import BigInt, Json


@strawberry.input(
    description="Something a customer went through at a touchpoint, known by source and external id; without the"
    " latter, by its content. What is left out stays as it is; null clears it."
)
class RecordTouchpointEventInput:
    customer: str = column("Who went through it: an external id of the same source; made if unknown.")
    touchpoint: str = column("Where it happened: a key; made if unknown.")
    occurred_at: datetime = column("When it happened.")
    external_id: str | None = optional("The id in the source system.")
    source: str | None = optional("The system it comes from; `import` when left out.")
    version: BigInt | None = optional("A lower version than the stored one changes nothing.")
    outcome: Outcome | None = optional("How it went.")
    duration_ms: BigInt | None = optional("How long it took, in milliseconds.")
    promise: str | None = optional("The promise it was about: a key.")
    promise_kept: bool | None = optional("Whether the promise was kept.")
    attributes: Json | None = optional("Whatever else there is to tell: a JSON object.")

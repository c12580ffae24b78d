from datetime import datetime

import strawberry

from apps.surveys.graphql.enums import SurveyKind
from cxplatform.graphql.columns import column
from cxplatform.graphql.payloads import optional
from cxplatform.graphql.scalars import BigInt


@strawberry.input(
    description="An answer, known by source and external id; without the latter, by its content. What is left out "
    "stays as it is; null clears it."
)
class RecordSurveyResponseInput:
    survey: str = column("The question: a key; made from `kind` if unknown.")
    kind: SurveyKind = column("What was asked.")
    score: int = column("The answer, on the scale of the kind.")
    answered_at: datetime = column("When the customer answered.")
    external_id: str | None = optional("The id in the source system.")
    source: str | None = optional("The system it comes from; `import` when left out.")
    version: BigInt | None = optional("A lower version than the stored one changes nothing.")
    customer: str | None = optional("Who answered: an external id of the same source; made if unknown.")
    interaction: str | None = optional("The contact it is about: an external id of the same source.")
    touchpoint: str | None = optional("The moment in the journey it is about: a key; made if unknown.")
    comment: str | None = optional("What the customer added in words.")
    language: str | None = optional("The language of the comment, as a BCP 47 tag.")
    sent_at: datetime | None = optional("When the question was sent.")

"""What lists of feedback and of themes may be narrowed by."""

from apps.customers.graphql.filters import CustomerWhere
from apps.surveys.graphql.feedback.enums import FeedbackSource, SentimentLabel
from cxplatform.graphql.filters.comparisons import (
    BooleanFilter,
    DateTimeFilter,
    Filter,
    IdFilter,
    KeyFilter,
    TextFilter,
)
from cxplatform.graphql.filters.declaring import by, where_input


@where_input("Which themes.")
class ThemeWhere:
    id: IdFilter | None = by("The global id.")
    name: TextFilter | None = by("Its name.")
    named_by_hand: BooleanFilter | None = by("Whether a person named it.")
    pinned: BooleanFilter | None = by("Whether a person keeps it.")
    language: KeyFilter | None = by("The language it is spoken of in, as a BCP 47 tag.")
    first_seen: DateTimeFilter | None = by("When the earliest piece of it was said.")
    created_at: DateTimeFilter | None = by("When it was found.")


@where_input("Which feedback.")
class FeedbackWhere:
    id: IdFilter | None = by("The global id.")
    external_id: KeyFilter | None = by("The id in the source system.")
    source: KeyFilter | None = by("The system the record came from.")
    kind: Filter[FeedbackSource] | None = by("Where it was said.")
    text: TextFilter | None = by("Personal data: what was said.")
    occurred_at: DateTimeFilter | None = by("When it was said.")
    label: Filter[SentimentLabel] | None = by("How the customer feels.")
    mixed: BooleanFilter | None = by("Whether it is clearly good and clearly bad at once.")
    detected_language: KeyFilter | None = by("The language that was found, as a BCP 47 tag.")
    language: KeyFilter | None = by("The language its source told, as a BCP 47 tag.")
    enriched_at: DateTimeFilter | None = by("When its language and its sentiment were estimated.")
    theme: ThemeWhere | None = by("What it speaks of.")
    customer: CustomerWhere | None = by("Who said it.")
    created_at: DateTimeFilter | None = by("When the record was made.")
    updated_at: DateTimeFilter | None = by("When the record last changed.")

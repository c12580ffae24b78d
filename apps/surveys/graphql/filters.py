"""What lists of surveys and of their answers may be narrowed by."""

from apps.customers.graphql.filters import CustomerWhere
from apps.interactions.graphql.filters import InteractionWhere
from apps.journeys.standing import counted_at, stood
from apps.surveys.graphql.enums import SurveyKind, SurveyScope
from cxplatform.graphql.filters.comparisons import DateTimeFilter, Filter, IdFilter, IntFilter, KeyFilter, TextFilter
from cxplatform.graphql.filters.declaring import by, where_input


@where_input("Which surveys.")
class SurveyWhere:
    id: IdFilter | None = by("The global id.")
    key: TextFilter | None = by("What imports call it.")
    name: TextFilter | None = by("Its name.")
    kind: Filter[SurveyKind] | None = by("What it asks.")
    scope: Filter[SurveyScope] | None = by("What answers speak of.")


@where_input("Which answers.")
class SurveyResponseWhere:
    id: IdFilter | None = by("The global id.")
    external_id: KeyFilter | None = by("The id in the source system.")
    source: KeyFilter | None = by("The system the record came from.")
    kind: Filter[SurveyKind] | None = by("What was asked.")
    score: IntFilter | None = by("The answer.")
    answered_at: DateTimeFilter | None = by("When the customer answered.")
    sent_at: DateTimeFilter | None = by("When the question was sent.")
    survey: KeyFilter | None = by("The question, by key.", "survey.key")
    touchpoint: KeyFilter | None = by(
        "The moment in the journey it is about, by key: the one it names, else where its contact counts.",
        "touchpoint.key",
        means=counted_at("touchpoint", "placed"),
    )
    stage: KeyFilter | None = by(
        "The stage its touchpoint was in then, by key.",
        "touchpoint.stage",
        means=stood("stage", "answered_at", "touchpoint_id", "placed_id"),
    )
    department: KeyFilter | None = by(
        "The department that owned its touchpoint then, by key.",
        "touchpoint.department",
        means=stood("department", "answered_at", "touchpoint_id", "placed_id"),
    )
    customer: CustomerWhere | None = by("Who answered.")
    interaction: InteractionWhere | None = by("The contact it is about.")
    comment: TextFilter | None = by("Personal data: what the customer added in words.")
    language: KeyFilter | None = by("The language of the comment, as a BCP 47 tag.")
    created_at: DateTimeFilter | None = by("When the record was made.")
    updated_at: DateTimeFilter | None = by("When the record last changed.")

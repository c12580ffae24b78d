"""What lists of customers and of their orders may be narrowed by."""

from apps.customers.graphql.enums import HealthBand, OrderKind
from apps.customers.graphql.segments.lists import SegmentMemberWhere
from apps.customers.health import in_bands
from cxplatform.graphql.filters.comparisons import (
    DateTimeFilter,
    DecimalFilter,
    Filter,
    IdFilter,
    KeyFilter,
    TextFilter,
)
from cxplatform.graphql.filters.declaring import by, where_input


@where_input("Which customers.")
class CustomerWhere:
    id: IdFilter | None = by("The global id.")
    external_id: KeyFilter | None = by("The id in the source system.")
    source: KeyFilter | None = by("The system the record came from.")
    name: TextFilter | None = by("Personal data: the name.")
    email: TextFilter | None = by("Personal data: the e-mail address.")
    phone: TextFilter | None = by("Personal data: the telephone number.")
    language: KeyFilter | None = by("The language, as a BCP 47 tag.")
    country: KeyFilter | None = by("The country, ISO 3166-1 alpha-2.")
    segment: KeyFilter | None = by("The brand's own segment.")
    segments: SegmentMemberWhere | None = by("That it is in such a segment by rules.")
    health: Filter[HealthBand] | None = by(
        "How it fared when that was last reckoned, within the last day or so; isNull: too little is known.",
        "health_score",
        means=in_bands(),
    )
    joined_at: DateTimeFilter | None = by("When it became a customer.")
    churned_at: DateTimeFilter | None = by("When it stopped being one.")
    created_at: DateTimeFilter | None = by("When the record was made.")
    updated_at: DateTimeFilter | None = by("When the record last changed.")


@where_input("Which orders.")
class OrderWhere:
    id: IdFilter | None = by("The global id.")
    external_id: KeyFilter | None = by("The id in the source system.")
    source: KeyFilter | None = by("The system the record came from.")
    ordered_at: DateTimeFilter | None = by("When it was ordered.")
    amount: DecimalFilter | None = by("In major units of the currency; positive, whatever the kind.")
    currency: KeyFilter | None = by("The currency, ISO 4217.")
    kind: Filter[OrderKind] | None = by("What it did to the revenue.")

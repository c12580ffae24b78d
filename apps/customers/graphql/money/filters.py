"""What lists of exchange rates and of referrals may be narrowed by, and ordered by."""

from datetime import datetime
from enum import Enum

import strawberry

from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import Orders, SortDirection
from cxplatform.graphql.filters.comparisons import DateTimeFilter, IdFilter, KeyFilter
from cxplatform.graphql.filters.declaring import by, where_input
from cxplatform.graphql.keyset import Term

_FIELD, _DIRECTION = "What to order by.", "In which direction."


@where_input("Which exchange rates.")
class ExchangeRateWhere:
    id: IdFilter | None = by("The global id.")
    currency: KeyFilter | None = by("The currency, ISO 4217.")
    effective_from: DateTimeFilter | None = by("From when it holds.")


@where_input("Which referrals.")
class ReferralWhere:
    id: IdFilter | None = by("The global id.")
    external_id: KeyFilter | None = by("The id in the source system.")
    source: KeyFilter | None = by("The system the record came from.")
    referred_at: DateTimeFilter | None = by("When it was.")


@strawberry.enum(description="What exchange rates can be ordered by.")
class ExchangeRateOrderField(Enum):
    EFFECTIVE_FROM = strawberry.enum_value("effective_from", description="From when they hold.")


@strawberry.input(description="An order of exchange rates.")
class ExchangeRateOrderBy:
    field: ExchangeRateOrderField = column(_FIELD)
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description=_DIRECTION)


EXCHANGE_RATE_ORDERS = Orders(
    input_type=ExchangeRateOrderBy,
    terms={"effective_from": Term("effective_from", datetime)},
    usual="effective_from",
)


@strawberry.enum(description="What referrals can be ordered by.")
class ReferralOrderField(Enum):
    REFERRED_AT = strawberry.enum_value("referred_at", description="When they were.")


@strawberry.input(description="An order of referrals.")
class ReferralOrderBy:
    field: ReferralOrderField = column(_FIELD)
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description=_DIRECTION)


REFERRAL_ORDERS = Orders(
    input_type=ReferralOrderBy, terms={"referred_at": Term("referred_at", datetime)}, usual="referred_at"
)

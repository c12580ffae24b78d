"""What lists of webhooks may be narrowed by, and ordered by."""

from datetime import datetime
from enum import Enum

import strawberry

from apps.accounts.graphql.webhooks.enums import WebhookDeliveryState, WebhookEndpointState
from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import Orders, SortDirection
from cxplatform.graphql.filters.comparisons import DateTimeFilter, Filter, IdFilter, KeyFilter, TextFilter
from cxplatform.graphql.filters.declaring import by, where_input
from cxplatform.graphql.keyset import Term

_FIELD, _DIRECTION = "What to order by.", "In which direction."


@where_input("Which endpoints.")
class WebhookEndpointWhere:
    id: IdFilter | None = by("The global id.")
    url: TextFilter | None = by("The address.")
    state: Filter[WebhookEndpointState] | None = by("Whether anything is sent there.")
    created_at: DateTimeFilter | None = by("When it was made.")


@where_input("Which deliveries.")
class WebhookDeliveryWhere:
    id: IdFilter | None = by("The global id.")
    event: KeyFilter | None = by("What happened.")
    state: Filter[WebhookDeliveryState] | None = by("How far it came.")
    created_at: DateTimeFilter | None = by("When it was made.")


@strawberry.enum(description="What endpoints can be ordered by.")
class WebhookEndpointOrderField(Enum):
    CREATED_AT = strawberry.enum_value("created_at", description="When they were made.")


@strawberry.input(description="An order of endpoints.")
class WebhookEndpointOrderBy:
    field: WebhookEndpointOrderField = column(_FIELD)
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description=_DIRECTION)


@strawberry.enum(description="What deliveries can be ordered by.")
class WebhookDeliveryOrderField(Enum):
    CREATED_AT = strawberry.enum_value("created_at", description="When they were made.")


@strawberry.input(description="An order of deliveries.")
class WebhookDeliveryOrderBy:
    field: WebhookDeliveryOrderField = column(_FIELD)
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description=_DIRECTION)


_TERMS = {"created_at": Term("created_at", datetime)}
ENDPOINT_ORDERS = Orders(input_type=WebhookEndpointOrderBy, terms=_TERMS, usual="created_at")
DELIVERY_ORDERS = Orders(input_type=WebhookDeliveryOrderBy, terms=_TERMS, usual="created_at")

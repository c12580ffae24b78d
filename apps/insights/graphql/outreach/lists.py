"""What lists of proactive rules and of their outreaches may be narrowed and ordered by."""

from datetime import datetime
from enum import Enum

import strawberry

from apps.customers.graphql.consents.enums import ContactChannel
from apps.customers.graphql.filters import CustomerWhere
from apps.insights.graphql.outreach.enums import OutreachArm, OutreachKind, ProactiveRuleState
from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import Orders, SortDirection
from cxplatform.graphql.filters.comparisons import DateTimeFilter, Filter, IdFilter, KeyFilter, TextFilter
from cxplatform.graphql.filters.declaring import by, where_input
from cxplatform.graphql.keyset import Term

_FIELD, _DIRECTION = "What to order by.", "In which direction."


@where_input("Which proactive rules.")
class ProactiveRuleWhere:
    id: IdFilter | None = by("The global id.")
    key: KeyFilter | None = by("Its key.")
    name: TextFilter | None = by("Its name.")
    state: Filter[ProactiveRuleState] | None = by("Whether it reaches customers.")
    kind: Filter[OutreachKind] | None = by("What customers are told for.")
    channel: Filter[ContactChannel] | None = by("How they are told.")
    segment: KeyFilter | None = by("Whom it is for, by the segment's key.", "segment.key")
    created_at: DateTimeFilter | None = by("When it was made.")


@where_input("Which outreaches.")
class OutreachWhere:
    id: IdFilter | None = by("The global id.")
    arm: Filter[OutreachArm] | None = by("What was decided.")
    why: KeyFilter | None = by("Why it was suppressed.")
    customer: CustomerWhere | None = by("About whom.")
    taken_at: DateTimeFilter | None = by("When.")


@strawberry.enum(description="What proactive rules can be ordered by.")
class ProactiveRuleOrderField(Enum):
    CREATED_AT = strawberry.enum_value("created_at", description="When they were made.")
    KEY = strawberry.enum_value("key", description="The key.")


@strawberry.input(description="An order of proactive rules.")
class ProactiveRuleOrderBy:
    field: ProactiveRuleOrderField = column(_FIELD)
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description=_DIRECTION)


@strawberry.enum(description="What outreaches can be ordered by.")
class OutreachOrderField(Enum):
    TAKEN_AT = strawberry.enum_value("taken_at", description="When it was decided.")


@strawberry.input(description="An order of outreaches.")
class OutreachOrderBy:
    field: OutreachOrderField = column(_FIELD)
    direction: SortDirection = strawberry.field(default=SortDirection.ASC, description=_DIRECTION)


PROACTIVE_RULE_ORDERS = Orders(
    input_type=ProactiveRuleOrderBy,
    terms={"created_at": Term("created_at", datetime), "key": Term("key", str)},
    usual="created_at",
)
OUTREACH_ORDERS = Orders(input_type=OutreachOrderBy, terms={"taken_at": Term("taken_at", datetime)}, usual="taken_at")

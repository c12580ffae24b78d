"""What lists of cases may be narrowed by."""

from apps.customers.graphql.filters import CustomerWhere
from apps.interactions.graphql.cases.enums import CaseChangeKind, CaseState
from cxplatform.graphql.filters.comparisons import (
    BooleanFilter,
    DateTimeFilter,
    Filter,
    FloatFilter,
    IdFilter,
    IntFilter,
    PathFilter,
    TextFilter,
)
from cxplatform.graphql.filters.declaring import by, where_input


@where_input("Which cases.")
class CaseWhere:
    id: IdFilter | None = by("The global id.")
    state: Filter[CaseState] | None = by("How it stands.")
    opened_at: DateTimeFilter | None = by("When its first contact was opened.")
    last_contact_at: DateTimeFilter | None = by("When its last contact was opened.")
    contacts: IntFilter | None = by("How many contacts it has.")
    channel_switches: IntFilter | None = by("How often the channel changed from contact to contact.")
    by_hand: BooleanFilter | None = by("Whether people said what belongs to it.")
    handle_seconds: FloatFilter | None = by("How long its contacts were handled, all together.")
    reason: PathFilter | None = by("What it is about, by path.", "reason.path")
    customer: CustomerWhere | None = by("Whose case it is.")
    created_at: DateTimeFilter | None = by("When the record was made.")
    updated_at: DateTimeFilter | None = by("When the record last changed.")


@where_input("Which changes of a case.")
class CaseChangeWhere:
    id: IdFilter | None = by("The global id.")
    at: DateTimeFilter | None = by("When it was.")
    kind: Filter[CaseChangeKind] | None = by("What became of the case.")
    came: BooleanFilter | None = by("Whether contacts came to the case, or left it.")
    actor_name: TextFilter | None = by("Whose doing it was.")

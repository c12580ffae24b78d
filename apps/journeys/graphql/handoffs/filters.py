"""What lists of hand-offs may be narrowed by."""

from apps.customers.graphql.filters import CustomerWhere
from cxplatform.graphql.filters.comparisons import BooleanFilter, DateTimeFilter, IdFilter, KeyFilter
from cxplatform.graphql.filters.declaring import by, where_input


@where_input("Which hand-offs.")
class HandoffWhere:
    id: IdFilter | None = by("The global id.")
    external_id: KeyFilter | None = by("The id in the source system.")
    source: KeyFilter | None = by("The system the record came from.")
    handed_at: DateTimeFilter | None = by("When it was handed on.")
    accepted_at: DateTimeFilter | None = by("When it was accepted.")
    from_department: KeyFilter | None = by("The department that handed on, by key.", "from_department.key")
    to_department: KeyFilter | None = by("The department it was handed to, by key.", "to_department.key")
    context_passed: BooleanFilter | None = by("Whether all that was known was handed on.")
    question_repeated: BooleanFilter | None = by("Whether the customer was asked again.")
    promise: KeyFilter | None = by("The promise that was handed on, by key.")
    promise_kept: BooleanFilter | None = by("Whether the promise was kept, as the record says itself.")
    customer: CustomerWhere | None = by("Whose matter it was.")

"""What lists of outcomes may be narrowed by."""

from apps.customers.graphql.filters import CustomerWhere
from apps.journeys.graphql.promises.enums import PromiseDecidedBy, PromiseResult
from cxplatform.graphql.filters.comparisons import DateTimeFilter, Filter, IdFilter, KeyFilter
from cxplatform.graphql.filters.declaring import by, where_input


@where_input("Which outcomes.")
class PromiseOutcomeWhere:
    id: IdFilter | None = by("The global id.")
    occurred_at: DateTimeFilter | None = by("When it was kept or broken.")
    outcome: Filter[PromiseResult] | None = by("What became of it.")
    decided_by: Filter[PromiseDecidedBy] | None = by("What the outcome rests on.")
    promise: KeyFilter | None = by("The promise, by key.", "promise.key")
    maker: KeyFilter | None = by("The department that promised, by key.", "maker.key")
    owner: KeyFilter | None = by("The department that owned the touchpoint then, by key.", "owner.key")
    touchpoint: KeyFilter | None = by("Where it was, by key.", "touchpoint.key")
    repaired_by: KeyFilter | None = by("The department that repaired it, by key.", "repaired_by.key")
    repaired_at: DateTimeFilter | None = by("When it was repaired.")
    customer: CustomerWhere | None = by("To whom it was promised.")

"""What lists of touchpoint events may be narrowed by."""

from apps.customers.graphql.filters import CustomerWhere
from apps.journeys.graphql.enums import Outcome
from apps.journeys.standing import stood
from cxplatform.graphql.filters.comparisons import (
    BigIntFilter,
    BooleanFilter,
    DateTimeFilter,
    Filter,
    IdFilter,
    KeyFilter,
)
from cxplatform.graphql.filters.declaring import by, where_input


@where_input("Which touchpoint events.")
class TouchpointEventWhere:
    id: IdFilter | None = by("The global id.")
    external_id: KeyFilter | None = by("The id in the source system.")
    source: KeyFilter | None = by("The system the record came from.")
    occurred_at: DateTimeFilter | None = by("When it happened.")
    touchpoint: KeyFilter | None = by("Where it happened, by key.", "touchpoint.key")
    stage: KeyFilter | None = by(
        "The stage its touchpoint was in then, by key.",
        "touchpoint.stage",
        means=stood("stage", "occurred_at", "touchpoint_id"),
    )
    department: KeyFilter | None = by(
        "The department that owned its touchpoint then, by key.",
        "touchpoint.department",
        means=stood("department", "occurred_at", "touchpoint_id"),
    )
    customer: CustomerWhere | None = by("Who went through it.")
    outcome: Filter[Outcome] | None = by("How it went.")
    duration_ms: BigIntFilter | None = by("How long it took, in milliseconds.")
    promise: KeyFilter | None = by("The promise it was about.")
    promise_kept: BooleanFilter | None = by("Whether the promise was kept.")

"""What lists of policies, of their versions and of targets may be narrowed by."""

from apps.interactions.graphql.enums import Priority
from apps.interactions.graphql.slas.enums import SlaMeasure
from cxplatform.graphql.filters.comparisons import (
    BooleanFilter,
    DateTimeFilter,
    Filter,
    IdFilter,
    IntFilter,
    TextFilter,
)
from cxplatform.graphql.filters.declaring import by, where_input


@where_input("Which service-level policies.")
class SlaPolicyWhere:
    id: IdFilter | None = by("The global id.")
    key: TextFilter | None = by("The key.")
    name: TextFilter | None = by("The name.")
    created_at: DateTimeFilter | None = by("When it was made.")
    retired_at: DateTimeFilter | None = by("When it was retired; unknown while it is in use.")


@where_input("Which versions of policies.")
class SlaPolicyVersionWhere:
    id: IdFilter | None = by("The global id.")
    number: IntFilter | None = by("Its place among the policy's versions.")
    effective_from: DateTimeFilter | None = by("From when it holds.")
    rank: IntFilter | None = by("Its rank.")
    created_at: DateTimeFilter | None = by("When it was made.")


@where_input("Which targets.")
class SlaInstanceWhere:
    id: IdFilter | None = by("The global id.")
    measure: Filter[SlaMeasure] | None = by("What it is about.")
    number: IntFilter | None = by("Its place among those of its measure.")
    priority: Filter[Priority] | None = by("How urgent the contact was when it started.")
    business: BooleanFilter | None = by("Whether it counts business time.")
    started_at: DateTimeFilter | None = by("When it started.")
    due_at: DateTimeFilter | None = by("When it is due; unknown while it is paused.")
    paused_at: DateTimeFilter | None = by("Since when it is paused.")
    ended_at: DateTimeFilter | None = by("When it ended; unknown while it has not.")

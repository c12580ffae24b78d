"""What lists of stage visits, and of where customers are, may be narrowed by."""

from apps.customers.graphql.filters import CustomerWhere
from apps.journeys.graphql.stages.enums import MomentKind, StageEnding, StageEntry
from cxplatform.graphql.filters.comparisons import DateTimeFilter, Filter, IdFilter, IntFilter, KeyFilter
from cxplatform.graphql.filters.declaring import by, where_input


@where_input("Which visits.")
class StageVisitWhere:
    id: IdFilter | None = by("The global id.")
    journey: KeyFilter | None = by("The journey, by key.", "journey.key")
    stage: KeyFilter | None = by("The stage, by key.", "stage_key")
    touchpoint: KeyFilter | None = by("The touchpoint at which it was entered, by key.", "touchpoint.key")
    customer: CustomerWhere | None = by("Whose visit it is.")
    entered_at: DateTimeFilter | None = by("When it was entered.")
    left_at: DateTimeFilter | None = by("When it was left; unknown while it goes on.")
    entered_by_kind: Filter[MomentKind] | None = by("What told of it first.")
    came: Filter[StageEntry] | None = by("How it was entered.")
    skipped: IntFilter | None = by("How many stages were skipped on the way.")
    again: IntFilter | None = by("How often the stage was visited before.")
    ending: Filter[StageEnding] | None = by("Why it ended.")


@where_input("Whose progress.")
class JourneyProgressWhere:
    id: IdFilter | None = by("The global id.")
    journey: KeyFilter | None = by("The journey, by key.", "journey.key")
    stage: KeyFilter | None = by("The stage the customer is or was last in, by key.", "stage_key")
    customer: CustomerWhere | None = by("Who.")
    began_at: DateTimeFilter | None = by("When the customer entered the journey.")
    since: DateTimeFilter | None = by("When it entered the stage.")
    until: DateTimeFilter | None = by("When that ended; unknown while it goes on.")
    last_moment_at: DateTimeFilter | None = by("When the customer was last met in it.")

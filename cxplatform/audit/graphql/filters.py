"""What trails may be narrowed by."""

from cxplatform.graphql.filters.comparisons import BigIntFilter, BooleanFilter, DateTimeFilter, KeyFilter
from cxplatform.graphql.filters.declaring import by, where_input


@where_input("Which events of a trail.")
class AuditEventWhere:
    sequence: BigIntFilter | None = by("Its place in the chain.")
    at: DateTimeFilter | None = by("When it happened.")
    action: KeyFilter | None = by("The command's name, such as record_interaction; or access.")
    actor_name: KeyFilter | None = by("Who did it, by the name shown then.")
    actor_role: KeyFilter | None = by("What the actor was.")
    of_provider: BooleanFilter | None = by("Whether somebody from outside the brand did it.")
    object_type: KeyFilter | None = by("What kind of thing it was done to.")
    object_id: KeyFilter | None = by("What it was done to, by the id that the trail shows.")
    request_id: KeyFilter | None = by("The request it was done in.")

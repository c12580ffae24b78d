"""What lists of an interaction's events may be narrowed by."""

from apps.interactions.graphql.enums import Priority
from apps.interactions.graphql.events.enums import InteractionEventKind
from cxplatform.graphql.filters.comparisons import DateTimeFilter, Filter, IdFilter, KeyFilter, PathFilter
from cxplatform.graphql.filters.declaring import by, where_input


@where_input("Which events of interactions.")
class InteractionEventWhere:
    id: IdFilter | None = by("The global id.")
    external_id: KeyFilter | None = by("The id in the source system.")
    source: KeyFilter | None = by("The system the record came from.")
    kind: Filter[InteractionEventKind] | None = by("What happened.")
    at: DateTimeFilter | None = by("When it happened.")
    queue: KeyFilter | None = by("The queue it names, by key.", "queue.key")
    agent: KeyFilter | None = by("The agent it names, by key; for whoever may look at agents one by one.", "agent.key")
    reason: PathFilter | None = by("The contact reason it names, by path.", "reason.path")
    priority: Filter[Priority] | None = by("How urgent it says that the contact is.")
    resolution: KeyFilter | None = by("The code of how it was resolved.")
    until: DateTimeFilter | None = by("When a snooze ends.")
    created_at: DateTimeFilter | None = by("When the record was made.")

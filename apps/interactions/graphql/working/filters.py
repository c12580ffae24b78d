"""What lists of queues, of agents and of their states may be narrowed by."""

from apps.interactions.graphql.enums import Priority
from apps.interactions.graphql.working.enums import AgentActivity, QueueAssignment, WorkState
from cxplatform.graphql.filters.comparisons import DateTimeFilter, Filter, IdFilter, IntFilter, KeyFilter, TextFilter
from cxplatform.graphql.filters.declaring import by, where_input


@where_input("Which queues.")
class QueueWhere:
    id: IdFilter | None = by("The global id.")
    key: TextFilter | None = by("The key.")
    name: TextFilter | None = by("The name.")
    priority: IntFilter | None = by("How early its contacts are taken.")
    assignment: Filter[QueueAssignment] | None = by("How its contacts come to agents.")
    calendar: KeyFilter | None = by("The calendar its time counts by, by key.", "calendar.key")
    retired_at: DateTimeFilter | None = by("When it was retired; unknown while it is in use.")


@where_input("Which agents.")
class AgentWhere:
    id: IdFilter | None = by("The global id.")
    key: TextFilter | None = by("The key.")
    name: TextFilter | None = by("The name.")
    team: KeyFilter | None = by("The team, by key.", "team.key")
    capacity: IntFilter | None = by("How many contacts it may have at a time.")


@where_input("Which open work.")
class WorkWhere:
    id: IdFilter | None = by("The global id.")
    state: Filter[WorkState] | None = by("How it stands.")
    since: DateTimeFilter | None = by("Since when it stands so.")
    priority: Filter[Priority] | None = by("How urgent it is.")
    until: DateTimeFilter | None = by("When it waits again; unknown unless it is put off.")
    queue: KeyFilter | None = by("Where it waits or waited, by key.", "queue.key")
    agent: KeyFilter | None = by("Who has it, by key; for whoever may look at agents one by one.", "agent.key")


@where_input("Which states of agents.")
class AgentStateWhere:
    id: IdFilter | None = by("The global id.")
    state: Filter[AgentActivity] | None = by("What the agent did.")
    from_at: DateTimeFilter | None = by("From when on.")
    to_at: DateTimeFilter | None = by("Until when; unknown while it goes on.")

"""What lists of an interaction's messages may be narrowed by."""

from apps.interactions.graphql.messages.enums import MessageAuthor
from cxplatform.graphql.filters.comparisons import (
    BooleanFilter,
    DateTimeFilter,
    Filter,
    IdFilter,
    KeyFilter,
    TextFilter,
)
from cxplatform.graphql.filters.declaring import by, where_input


@where_input("Which messages.")
class MessageWhere:
    id: IdFilter | None = by("The global id.")
    external_id: KeyFilter | None = by("The id in the source system.")
    source: KeyFilter | None = by("The system the record came from.")
    at: DateTimeFilter | None = by("When it was sent.")
    author: Filter[MessageAuthor] | None = by("Who wrote it.")
    public: BooleanFilter | None = by("Whether the customer reads it.")
    agent: KeyFilter | None = by("The agent who wrote it, by key; for whoever may look at agents.", "agent.key")
    text: TextFilter | None = by("Personal data: what was written.")
    created_at: DateTimeFilter | None = by("When the record was made.")

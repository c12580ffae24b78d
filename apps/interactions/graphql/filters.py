"""What lists of interactions may be narrowed by."""

from apps.customers.graphql.filters import CustomerWhere
from apps.interactions.graphql.enums import Channel, HandledBy, InteractionDirection, Priority
from apps.interactions.graphql.events.enums import TimingSource
from apps.journeys.standing import counted_at, stood
from cxplatform.graphql.filters.comparisons import (
    BooleanFilter,
    DateTimeFilter,
    Filter,
    FloatFilter,
    IdFilter,
    IntFilter,
    KeyFilter,
    PathFilter,
    TextFilter,
)
from cxplatform.graphql.filters.declaring import by, where_input


@where_input("Which interactions.")
class InteractionWhere:
    id: IdFilter | None = by("The global id.")
    external_id: KeyFilter | None = by("The id in the source system.")
    source: KeyFilter | None = by("The system the record came from.")
    opened_at: DateTimeFilter | None = by("When it began.")
    channel: Filter[Channel] | None = by("The way it came or went.")
    direction: Filter[InteractionDirection] | None = by("Who began it.")
    priority: Filter[Priority] | None = by("How urgent it is.")
    handled_by: Filter[HandledBy] | None = by("What handled it.")
    queue: KeyFilter | None = by("The queue it waited in, by key.", "queue.key")
    agent: KeyFilter | None = by("Who handled it, by key; for whoever may look at agents one by one.", "agent.key")
    team: KeyFilter | None = by("Whose agents handled it, by key.", "team.key")
    reason: PathFilter | None = by("Why the customer made contact, by path.", "reason.path")
    touchpoint: KeyFilter | None = by(
        "The moment in the journey it came from, by key: the one it names, else where its reason arises.",
        "touchpoint.key",
        means=counted_at("touchpoint", "placed"),
    )
    stage: KeyFilter | None = by(
        "The stage its touchpoint was in then, by key.",
        "touchpoint.stage",
        means=stood("stage", "opened_at", "touchpoint_id", "placed_id"),
    )
    department: KeyFilter | None = by(
        "The department that owned its touchpoint then, by key.",
        "touchpoint.department",
        means=stood("department", "opened_at", "touchpoint_id", "placed_id"),
    )
    customer: CustomerWhere | None = by("Whose contact it is.")
    wait_seconds: FloatFilter | None = by("How long the customer waited for somebody.")
    answered: BooleanFilter | None = by("Whether somebody answered.")
    abandoned: BooleanFilter | None = by("Whether the customer gave up waiting.")
    first_response_at: DateTimeFilter | None = by("When the first response went out.")
    first_human_response_at: DateTimeFilter | None = by("When a person first answered.")
    human_replies: IntFilter | None = by("How often a person answered, for the customer to read.")
    bot_handed_off_at: DateTimeFilter | None = by("When a program passed it to people.")
    first_resolved_at: DateTimeFilter | None = by("When it was first resolved.")
    resolved_at: DateTimeFilter | None = by("When it was resolved.")
    closed_at: DateTimeFilter | None = by("When it was closed.")
    resolved: BooleanFilter | None = by("Whether it was resolved.")
    talk_seconds: FloatFilter | None = by("How long the talking took.")
    hold_seconds: FloatFilter | None = by("How long the customer was on hold.")
    after_call_seconds: FloatFilter | None = by("How long the work afterwards took.")
    transfers: IntFilter | None = by("How often it was handed on.")
    blind_transfers: IntFilter | None = by("How often it was sent on unannounced.")
    consult_transfers: IntFilter | None = by("How often it was handed to somebody who was asked first.")
    timing_source: Filter[TimingSource] | None = by("Whether events tell its durations, or its own row.")
    language: KeyFilter | None = by("The language, as a BCP 47 tag.")
    subject: TextFilter | None = by("Personal data: the subject line.")
    text: TextFilter | None = by("Personal data: what was said or written.")
    created_at: DateTimeFilter | None = by("When the record was made.")
    updated_at: DateTimeFilter | None = by("When the record last changed.")

from datetime import datetime

import strawberry

from apps.interactions.graphql.enums import Channel, HandledBy, InteractionDirection, Priority
from cxplatform.graphql.columns import column
from cxplatform.graphql.payloads import optional
from cxplatform.graphql.scalars import BigInt


@strawberry.input(
    description="An interaction, known by source and external id. What is left out stays as it is; null clears it."
)
class RecordInteractionInput:
    external_id: str = column("The id in the source system.")
    channel: Channel = column("The way it came or went.")
    opened_at: datetime = column("When it began.")
    source: str | None = optional("The system it comes from; `import` when left out.")
    version: BigInt | None = optional("A lower version than the stored one changes nothing.")
    customer: str | None = optional("Whose contact it is: an external id of the same source; made if unknown.")
    direction: InteractionDirection | None = optional("Who began it.")
    queue: str | None = optional("Where it waited: a key; made if unknown.")
    agent: str | None = optional("Who handled it: a key; made if unknown.")
    team: str | None = optional("Whose agents handled it: a key; made if unknown.")
    reason: str | None = optional("Why the customer made contact: a path such as `Billing/Refund`.")
    touchpoint: str | None = optional("The moment in the journey it came from: a key; made if unknown.")
    priority: Priority | None = optional("How urgent it is.")
    wait_seconds: float | None = optional("How long the customer waited for somebody.")
    answered: bool | None = optional("Whether somebody answered.")
    abandoned: bool | None = optional("Whether the customer gave up waiting.")
    handled_by: HandledBy | None = optional("What handled it.")
    first_response_at: datetime | None = optional("When the first response went out.")
    resolved_at: datetime | None = optional("When it was resolved.")
    closed_at: datetime | None = optional("When it was closed.")
    talk_seconds: float | None = optional("How long the talking took.")
    hold_seconds: float | None = optional("How long the customer was on hold.")
    after_call_seconds: float | None = optional("How long the work afterwards took.")
    transfers: int | None = optional("How often it was handed on.")
    reopened_at: list[datetime] | None = optional("When it was opened again.")
    resolved: bool | None = optional("Whether it was resolved.")
    subject: str | None = optional("The subject line.")
    text: str | None = optional("What was said or written.")
    language: str | None = optional("The language, as a BCP 47 tag.")
    first_human_response_at: datetime | None = optional("When a person first answered.")
    human_replies: int | None = optional("How often a person answered, for the customer to read.")
    first_resolved_at: datetime | None = optional("When it was first resolved.")
    blind_transfers: int | None = optional("How often it was sent on unannounced.")
    consult_transfers: int | None = optional("How often it was handed to somebody who was asked first.")
    bot_handed_off_at: datetime | None = optional("When a program passed it to people.")

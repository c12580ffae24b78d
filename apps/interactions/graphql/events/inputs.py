from datetime import datetime

import strawberry

from apps.interactions.graphql.enums import Priority
from apps.interactions.graphql.events.enums import InteractionEventKind
from cxplatform.graphql.columns import column
from cxplatform.graphql.payloads import optional
from cxplatform.graphql.scalars import BigInt


@strawberry.input(description="An event of a contact, known by source and external id, and never changed.")
class RecordInteractionEventInput:
    interaction: str = column("The contact it happened to: an external id of the same source, known yet or not.")
    kind: InteractionEventKind = column("What happened.")
    at: datetime = column("When it happened.")
    external_id: str | None = optional("The id in the source system; when left out, what the event says makes it.")
    source: str | None = optional("The system it comes from; `import` when left out.")
    version: BigInt | None = optional("Kept as it is; an event does not change.")
    agent: str | None = optional("Who has the contact by it (of a transfer: who gets it): a key; made if unknown.")
    queue: str | None = optional("Where the contact waits from then on: a key; made if unknown.")
    priority: Priority | None = optional("How urgent the contact is; PRIORITISED must say it.")
    reason: str | None = optional("Why the customer made contact: a path such as `Billing/Refund`.")
    resolution: str | None = optional("A code of how the contact was resolved: at most 100 characters.")
    until: datetime | None = optional("When a snooze ends.")

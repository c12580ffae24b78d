from datetime import datetime

import strawberry

from apps.interactions.graphql.messages.enums import MessageAuthor
from cxplatform.graphql.columns import column
from cxplatform.graphql.payloads import optional
from cxplatform.graphql.scalars import BigInt


@strawberry.input(description="A message of a contact's thread, known by source and external id, and never changed.")
class RecordMessageInput:
    interaction: str = column("The contact: an external id of the same source, known yet or not.")
    at: datetime = column("When it was sent.")
    author: MessageAuthor = column("Who wrote it.")
    external_id: str | None = optional("The id in the source system; when left out, what the message says makes it.")
    source: str | None = optional("The system it comes from; `import` when left out.")
    version: BigInt | None = optional("Kept as it is; a message does not change.")
    public: bool | None = optional("Whether the customer reads it: true when left out.")
    agent: str | None = optional("The agent who wrote it, of an author HUMAN: a key; made if unknown.")
    text: str | None = optional("What was written, at most 100,000 characters.")

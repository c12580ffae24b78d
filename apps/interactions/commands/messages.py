"""Recording messages. It runs inside the brand's door, which the caller opens."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from apps.accounts.recording import record_as
from apps.accounts.viewer import Viewer
from apps.interactions.models import Author, Message
from apps.interactions.own_work import agent_of, handled_key
from cxplatform.errors import Forbidden
from cxplatform.imports.guards import Write


def record_message(*, actor: Viewer, values: Mapping[str, object], now: datetime) -> Message:
    """Store a message, known by source and external id, and, if public, the event that it is; again changes nothing.

    `values` are the columns of the import kind. Whoever sees only its own work writes in the threads of that, and as
    itself. Raises: Forbidden; RowRefused with every problem.
    """
    if actor.only_own_work and values.get("author") == Author.HUMAN and "agent" not in values:
        itself = agent_of(actor.member_id)
        values = {**values, "agent": itself.key} if itself else values
    key = record_as(actor, "messages", values, action="record_message", now=now, is_own=_of_own_work, check=_as_itself)
    return Message.objects.get(pk=key)


def _of_own_work(member_id: UUID, message_id: UUID) -> bool:
    message = Message.objects.get(pk=message_id)
    return handled_key(member_id, message.source, message.interaction_external_id)


def _as_itself(member_id: UUID, write: Write) -> None:
    values = write.row.values
    if not handled_key(member_id, write.row.source, values["interaction"]):
        raise Forbidden("You did not handle this interaction.", field="interaction")
    itself = agent_of(member_id)
    if values["author"] == Author.HUMAN and (itself is None or values.get("agent") != itself.key):
        raise Forbidden("You write as yourself only.", field="agent")

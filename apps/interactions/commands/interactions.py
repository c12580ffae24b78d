"""Recording interactions. It runs inside the brand's door, which the caller opens."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from apps.accounts.recording import record_as
from apps.accounts.viewer import Viewer
from apps.customers.serving import insist_on_serving
from apps.interactions.models import Interaction
from apps.interactions.own_work import agent_of, handled
from cxplatform.errors import Forbidden
from cxplatform.imports.guards import Write


def record_interaction(*, actor: Viewer, values: Mapping[str, object], now: datetime) -> Interaction:
    """Store an interaction, known by source and external id. Absent values keep what is stored, None clears it.

    `values` are the columns of the import kind. Whoever sees only its own work records it as its own: with itself as
    the agent, and of a customer that it serves or nobody knew. Raises: Forbidden; RowRefused with every problem.
    """
    if actor.only_own_work and "agent" not in values and (itself := agent_of(actor.member_id)) is not None:
        values = {**values, "agent": itself.key}
    key = record_as(
        actor, "interactions", values, action="record_interaction", now=now, is_own=handled, check=_as_its_own
    )
    return Interaction.objects.get(pk=key)


def _as_its_own(member_id: UUID, write: Write) -> None:
    itself = agent_of(member_id)
    if itself is None:
        raise Forbidden("No agent of this brand is known to be you.", field="agent")
    if write.row.values.get("agent") != itself.key:
        raise Forbidden("You record your own work only.", field="agent")
    if "customer" in write.named:
        insist_on_serving(member_id, write.named["customer"])

"""Narrow a question to what the asker itself handled, for roles that see no more."""

from uuid import UUID

from apps.interactions.models import Agent
from apps.metrics.definitions.vocabulary import DimensionKey
from apps.metrics.filters import Where
from cxplatform.errors import Forbidden


def own_work(where: Where, member_id: UUID) -> Where:
    """Return the filter narrowed to the member's own contacts; to none, while no agent is known to be the
    member.

    Raises: Forbidden, where it names another agent.
    """
    keys = tuple(Agent.objects.filter(member_id=member_id).values_list("key", flat=True))
    asked = dict(where)
    if not set(asked.get(DimensionKey.AGENT, ())) <= set(keys):
        raise Forbidden("Your role sees its own numbers only.")
    asked[DimensionKey.AGENT] = asked.get(DimensionKey.AGENT, keys)
    return tuple(sorted(asked.items()))

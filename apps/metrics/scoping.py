"""Narrow a question by what the database knows: to what the asker itself handled, to branches of a tree."""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Final
from uuid import UUID

from django.db.models import Q

from apps.interactions.models import Agent, Reason
from apps.interactions.reasons.aliases import canonical
from apps.metrics.definitions.vocabulary import DimensionKey
from apps.metrics.filters import Where
from cxplatform.errors import BadInput, Forbidden

MOST_BRANCHES: Final = 50


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


def under_reasons(where: Where, tops: Sequence[str]) -> Where:
    """Return the filter narrowed to these reasons and all that lies below them; paths of former times count as well.

    Raises: BadInput past 50 of them.
    """
    if len(tops) > MOST_BRANCHES:
        raise BadInput(f"A filter takes {MOST_BRANCHES} branches of the tree at most.", field="where.reasonUnder")
    means = canonical(tops)
    paths = {means.get(top, top) for top in tops} - {""}
    branches = reduce(or_, (Q(path=path) | Q(path__startswith=f"{path}/") for path in paths), Q(pk=None))
    found = set(Reason.objects.filter(branches, merged_into=None).values_list("path", flat=True))
    kept = dict(where)
    kept[DimensionKey.REASON] = tuple(sorted(found.intersection(kept.get(DimensionKey.REASON, found))))
    return tuple(sorted(kept.items()))

"""Where it is told that work, queues or agents changed, once the open door has committed."""

from collections.abc import Iterable
from functools import partial
from typing import Final
from uuid import UUID

from django.db import transaction

from cxplatform.tenancy.doors import current_brand
from cxplatform.tenancy.topics import publish, topic

# Of more at once it is told together: an import changes thousands.
_MOST_NAMED: Final = 50
# Days on which somebody said something that others make something of, and may by now have said something else.
SAID: Final = "said"


def queue_topic(brand_id: UUID, queue_id: UUID) -> str:
    """Name the topic on which it is told that a queue's contacts changed."""
    return topic(brand_id, "queue", queue_id)


def agents_topic(brand_id: UUID) -> str:
    """Name the topic on which it is told that some agent began to do something else, or can do something else."""
    return topic(brand_id, "agents")


def interaction_topic(brand_id: UUID, interaction_id: UUID) -> str:
    """Name the topic on which it is told that an interaction changed."""
    return topic(brand_id, "interaction", interaction_id)


def interactions_topic(brand_id: UUID) -> str:
    """Name the topic on which it is told that so many interactions changed that none is named."""
    return topic(brand_id, "interactions")


def tell_interactions(ids: Iterable[UUID]) -> None:
    """Wake whoever follows one of these."""
    changed, brand_id = set(ids), current_brand().id
    if len(changed) <= _MOST_NAMED:
        tell(interaction_topic(brand_id, key) for key in changed)
    else:
        tell([interactions_topic(brand_id)])


def tell(topics: Iterable[str]) -> None:
    """Wake whoever follows these."""
    for name in sorted(set(topics)):
        transaction.on_commit(partial(publish, name), robust=True)


def tell_agents() -> None:
    tell([agents_topic(current_brand().id)])

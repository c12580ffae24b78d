"""Where it is told that a fact's numbers were made anew."""

from collections.abc import Iterable
from functools import partial
from uuid import UUID

from django.db import transaction

from cxplatform.tenancy.topics import publish, topic


def numbers_topic(brand_id: UUID, dirty_topic: str) -> str:
    """Name the topic on which it is told that days of these rows were counted anew."""
    return topic(brand_id, "metrics", dirty_topic)


def tell_remade(brand_id: UUID, dirty_topics: Iterable[str]) -> None:
    """Wake whoever follows numbers of these rows, once the open door has committed."""
    for name in dirty_topics:
        transaction.on_commit(partial(publish, numbers_topic(brand_id, name)), robust=True)

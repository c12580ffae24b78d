"""Say which days' derived numbers are stale, in the transaction that made them so."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from uuid import UUID

from django.db import transaction

from cxplatform.dirty.models import DirtyMark
from cxplatform.tenancy.doors import current_brand

Wake = Callable[[UUID], None]

_consumers: dict[str, Wake] = {}


def register_consumer(topic: str, wake: Wake) -> None:
    """Name who makes a topic's numbers anew; `wake(brand_id)` tells it that there is work, and never raises.

    Several topics may share one consumer.
    """
    if _consumers.setdefault(topic, wake) is not wake:
        raise ValueError(f"The topic {topic} has a consumer already.")


def mark(topic: str, days: Iterable[date]) -> None:
    """Mark the brand's local days dirty in the open door; on commit the topic's consumer is woken.

    A topic that nobody consumes is not marked: whoever begins to consume it begins with every day there is.
    """
    marks = [DirtyMark(topic=topic, day=day) for day in sorted(set(days))] if topic in _consumers else []
    if marks:
        DirtyMark.objects.bulk_create(marks)
        wake_on_commit(topic)


def wake_on_commit(topic: str) -> None:
    """Wake the topic's consumer, if it has one, when the open door is committed."""
    if topic in _consumers:
        transaction.on_commit(partial(_consumers[topic], current_brand().id), robust=True)


def wakes_for_pending() -> set[Wake]:
    """Return how to wake the consumers that have marks waiting in the open door."""
    if not _consumers:
        return set()
    topics = DirtyMark.objects.values_list("topic", flat=True).order_by("topic").distinct()
    return {_consumers[topic] for topic in topics if topic in _consumers}

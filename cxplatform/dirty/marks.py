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
_followers: dict[str, list[str]] = {}


def register_consumer(topic: str, wake: Wake) -> None:
    """Name who makes a topic's numbers anew; `wake(brand_id)` tells it that there is work, and never raises.

    Several topics may share one consumer.
    """
    if _consumers.setdefault(topic, wake) is not wake:
        raise ValueError(f"The topic {topic} has a consumer already.")


def register_follower(topic: str, of: str, wake: Wake) -> None:
    """Name who makes anew what hangs on another topic's days: whenever those are marked, so are this topic's."""
    register_consumer(topic, wake)
    if topic not in _followers.setdefault(of, []):
        _followers[of].append(topic)


def mark(topic: str, days: Iterable[date]) -> None:
    """Mark the brand's local days dirty in the open door; on commit the topic's consumer is woken.

    A topic that nobody consumes is not marked: whoever begins to consume it begins with every day there is.
    """
    consumed = [name for name in (topic, *_followers.get(topic, ())) if name in _consumers]
    marks = [DirtyMark(topic=name, day=day) for name in consumed for day in sorted(set(days))]
    if not marks:
        return
    DirtyMark.objects.bulk_create(marks)
    for wake in {_consumers[name] for name in consumed}:
        transaction.on_commit(partial(wake, current_brand().id), robust=True)


def wakes_for_pending() -> set[Wake]:
    """Return how to wake the consumers that have marks waiting in the open door."""
    if not _consumers:
        return set()
    topics = DirtyMark.objects.values_list("topic", flat=True).order_by("topic").distinct()
    return {_consumers[topic] for topic in topics if topic in _consumers}

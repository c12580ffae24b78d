"""What happened in a conversation, one after the other: its waits, and what its agents did."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from apps.interactions.adapters.genesys.conversation import Conversation, Handled
from apps.interactions.adapters.happened import happened
from apps.interactions.timing.events import EventKind

_BEGINS = {"interact": EventKind.RESUMED, "hold": EventKind.HELD}


def events_of(told: Conversation) -> Iterator[dict[str, Any]]:
    """Yield the events; a talk that was not the last one was handed on when it ended."""
    if told.waits and told.bot:
        yield happened(EventKind.BOT_HANDED_OFF, min(span.begin for span in told.waits))
    for wait in told.waits:
        yield happened(EventKind.QUEUED, wait.begin, queue=wait.queue)
    if told.abandoned and (ends := [wait.end for wait in told.waits if wait.end]):
        yield happened(EventKind.ABANDONED, max(ends))
    for each in told.handled:
        yield from (happened(EventKind.RINGING, span.begin, agent=each.agent) for span in each.alerts)
    talks = sorted((each for each in told.handled if each.talks), key=lambda each: each.talks[0].begin)
    for place, each in enumerate(talks, 1):
        yield from _talk(each, talks[place] if place < len(talks) else None)
    for each in told.handled:
        ends = [span.end for span in each.wrap_ups if span.end]
        yield from (happened(EventKind.WRAPPED_UP, end, agent=each.agent) for end in ends)


def _talk(each: Handled, following: Handled | None) -> Iterator[dict[str, Any]]:
    """Tell of a talk from its first word on; of what is between two spans nothing is known, so nothing is told."""
    first = each.talks[0]
    yield happened(EventKind.ANSWERED, first.begin, agent=each.agent, queue=first.queue)
    for before, after in pairwise(each.talks):
        if before.kind != after.kind:
            yield happened(_BEGINS[after.kind], after.begin, agent=each.agent)
    if end := each.talks[-1].end:
        if following is None:
            yield happened(EventKind.ENDED, end, agent=each.agent)
        else:
            yield happened(EventKind.TRANSFERRED_BLIND, end, agent=following.agent)

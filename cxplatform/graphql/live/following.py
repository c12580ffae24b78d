"""Follow one operation: look, tell what changed, wait to be woken, look again."""

import asyncio
import random
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, suppress
from datetime import datetime
from functools import partial

from django.utils import timezone

from cxplatform.graphql.live.bound import Bound
from cxplatform.graphql.live.looks import Look, look
from cxplatform.graphql.live.surroundings import Surroundings
from cxplatform.graphql.live.within import within
from cxplatform.graphql.requests import GraphQLRequest

# How long the data may be out of reach before what is followed ends with UNAVAILABLE: as long as a failover takes.
OUTAGE_SECONDS = 15.0
# How long a wake-up that was never sent may delay a push: its sender may have been killed after COMMIT.
RARE_LOOK_SECONDS = 60.0
# The same while no wake-up would be heard, as long as no more than so many looks a second come of it.
POLL_SECONDS = 1.5
POLLS_A_SECOND = 50
# What is told within so short a time is seen by one look.
GATHER_SECONDS = 0.3


async def follow(request: GraphQLRequest, bound: Bound, surroundings: Surroundings) -> AsyncGenerator[Look, None]:
    """Yield every look with news; the last is finished, refused, or tells of an outage."""
    clock = asyncio.get_running_loop().time
    began = clock()
    seen = await surroundings.turns.run(bound.queue, partial(look, request, bound))
    yield seen
    if seen.finished or seen.refused:
        return
    known = set(seen.told_once or ())
    event = asyncio.Event()
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(surroundings.wakes.listening(seen.topics, event, since=began))
        stack.enter_context(surroundings.access.watching(bound.held, event))
        reached, again_at = began, seen.again_at
        while True:
            await _woken(event, surroundings, again_at, not_before=began + GATHER_SECONDS)
            began = clock()
            now = await surroundings.looks.again(request, bound)
            again_at = now.again_at
            if not now.unreachable:
                reached = began
            elif began - reached < OUTAGE_SECONDS:
                continue
            if _has_news(now, seen, known) or now.finished or now.refused:
                seen = now
                yield seen
            known |= now.told_once or frozenset()
            if seen.finished or seen.refused or seen.unreachable:
                return


def _has_news(now: Look, seen: Look, known: set[object]) -> bool:
    """Tell whether a look is worth a push: one that failed as any other, for it is about nothing."""
    if now.told_once is None or now.errors or seen.errors:
        return now.news != seen.news
    return bool(now.told_once) and known.isdisjoint(now.told_once)


async def _woken(
    event: asyncio.Event, surroundings: Surroundings, again_at: datetime | None, *, not_before: float
) -> None:
    """Wait for a wake-up, or as long as one may be lost, or until an instant; then for what comes together with it."""
    wakes = surroundings.wakes
    seconds = RARE_LOOK_SECONDS if wakes.heard else max(POLL_SECONDS, wakes.followers / POLLS_A_SECOND)
    # Not exactly, or all who began together would come together for ever.
    seconds *= random.uniform(0.75, 1.0)  # noqa: S311  # chance for evenness, not for secrecy
    if again_at is not None:
        seconds = min(seconds, max((again_at - timezone.now()).total_seconds(), 0.0))
    with suppress(TimeoutError):
        await within(seconds, event.wait())
    await asyncio.sleep(not_before - asyncio.get_running_loop().time())
    event.clear()

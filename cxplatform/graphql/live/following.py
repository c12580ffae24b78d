"""Follow one operation: look, tell what changed, wait to be woken, look again."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from time import monotonic

from cxplatform.graphql.live.looks import Credential, Look, in_thread, look
from cxplatform.graphql.live.wakes import Wakes, woken
from cxplatform.graphql.requests import GraphQLRequest

# How long the data may be out of reach before what is followed ends with UNAVAILABLE: as long as a failover takes.
OUTAGE_SECONDS = 15.0


async def follow(request: GraphQLRequest, credential: Credential, wakes: Wakes) -> AsyncGenerator[Look, None]:
    """Yield every look that differs from the one before; the last is finished, refused, or tells of an outage."""
    async with AsyncExitStack() as stack:
        seen = await in_thread(lambda: look(request, credential))
        yield seen
        if seen.finished or seen.refused:
            return
        event = await stack.enter_async_context(wakes.listening(seen.topics))
        reached = monotonic()
        while True:
            await woken(event)
            now = await in_thread(lambda: look(request, credential))
            if not now.unreachable:
                reached = monotonic()
            elif monotonic() - reached < OUTAGE_SECONDS:
                continue
            if now.news != seen.news or now.finished or now.refused:
                seen = now
                yield seen
            if seen.finished or seen.refused or seen.unreachable:
                return

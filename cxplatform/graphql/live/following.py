"""Follow one operation: look, tell what changed, wait to be woken, look again."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack

from cxplatform.graphql.live.looks import Credential, Look, in_thread, look
from cxplatform.graphql.live.wakes import Wakes, woken
from cxplatform.graphql.requests import GraphQLRequest


async def follow(request: GraphQLRequest, credential: Credential, wakes: Wakes) -> AsyncGenerator[Look, None]:
    """Yield every look that differs from the one before; the last is finished or refused."""
    async with AsyncExitStack() as stack:
        seen = await in_thread(lambda: look(request, credential))
        yield seen
        if seen.finished or seen.refused:
            return
        event = await stack.enter_async_context(wakes.listening(seen.topics))
        while True:
            await woken(event)
            now = await in_thread(lambda: look(request, credential))
            if now.body != seen.body or now.finished or now.refused:
                seen = now
                yield seen
            if seen.finished or seen.refused:
                return

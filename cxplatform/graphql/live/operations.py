"""The operations of one socket, by the ids its client gave them."""

import asyncio
from contextlib import aclosing
from typing import Any

from cxplatform.errors import DomainError
from cxplatform.graphql.errors import formatted
from cxplatform.graphql.live import codes
from cxplatform.graphql.live.bound import Bound
from cxplatform.graphql.live.codes import Closed
from cxplatform.graphql.live.following import follow
from cxplatform.graphql.live.messages import next_message, operation_of
from cxplatform.graphql.live.outlet import Outlet
from cxplatform.graphql.live.surroundings import Surroundings

MOST = 50


class Operations:
    """Run operations side by side; what fails in one ends it alone."""

    def __init__(self, bound: Bound, outlet: Outlet, surroundings: Surroundings, tasks: asyncio.TaskGroup) -> None:
        self._bound = bound
        self._outlet = outlet
        self._surroundings = surroundings
        self._tasks = tasks
        self._running: dict[str, asyncio.Task[None]] = {}

    def begin(self, operation_id: str, payload: object) -> None:
        """Begin an operation. Raises: Closed."""
        if operation_id in self._running:
            raise Closed(codes.DUPLICATE_ID, f"Subscriber for {operation_id} already exists")
        if len(self._running) >= MOST:
            raise Closed(codes.TOO_MANY, f"At most {MOST} operations a socket")
        self._running[operation_id] = self._tasks.create_task(self._run(operation_id, payload))

    def end(self, operation_id: str) -> None:
        """End an operation the client no longer follows; one that has ended by itself is none."""
        task = self._running.pop(operation_id, None)
        if task is not None:
            task.cancel()

    async def wait(self, seconds: float) -> None:
        """Wait until all have ended by themselves, at most so long."""
        if self._running:
            await asyncio.wait(self._running.values(), timeout=seconds)

    async def _run(self, operation_id: str, payload: object) -> None:
        try:
            request = operation_of(payload)
        except DomainError as error:
            await self._finish(operation_id, "error", [formatted(error)])
            return
        async with aclosing(follow(request, self._bound, self._surroundings)) as looks:
            async for seen in looks:
                if seen.refused:
                    await self._finish(operation_id, "error", seen.errors)
                    return
                await self._outlet.say_raw(next_message(operation_id, seen.body))
        await self._finish(operation_id, "complete")

    async def _finish(self, operation_id: str, kind: str, payload: object = None) -> None:
        self._running.pop(operation_id, None)
        message: dict[str, Any] = {"id": operation_id, "type": kind}
        await self._outlet.say(message | ({"payload": payload} if payload is not None else {}))

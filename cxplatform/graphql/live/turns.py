"""The threads in which the database is read, and whose turn it is to have one."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import TypeVar

from django.db import close_old_connections

# As many database connections as threads, however many sockets there are.
THREADS = 8
_threads = ThreadPoolExecutor(THREADS, thread_name_prefix="look")
T = TypeVar("T")


class Turns:
    """Let brands take turns at the threads, so that one with a thousand followers keeps no other waiting."""

    def __init__(self, places: int = THREADS) -> None:
        self._free = places
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    async def run(self, brand: str, work: Callable[[], T]) -> T:
        """Run in a worker thread when it is this brand's turn; the connection is the thread's, held by no socket."""
        async with self.turn(brand):
            return await in_thread(work)

    @asynccontextmanager
    async def turn(self, brand: str) -> AsyncIterator[None]:
        """Wait for this brand's turn, and have it as long as the block lasts."""
        await self._take(brand)
        try:
            yield
        finally:
            self._pass_on()

    async def _take(self, brand: str) -> None:
        if self._free:
            self._free -= 1
            return
        called = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(brand, deque()).append(called)
        try:
            await called
        except asyncio.CancelledError:
            if called.done() and not called.cancelled():
                # Called in the moment it was given up: the next one goes instead.
                self._pass_on()
            raise

    def _pass_on(self) -> None:
        """Call the next in the queue of the brand that was served longest ago."""
        while self._waiting:
            brand, queue = self._waiting.popitem(last=False)
            called = queue.popleft()
            if queue:
                self._waiting[brand] = queue
            if not called.done():
                called.set_result(None)
                return
        self._free += 1


async def in_thread(work: Callable[[], T]) -> T:
    """Run in a worker thread, of which there is one for each turn."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _with_fresh_connection, work)


def _with_fresh_connection(work: Callable[[], T]) -> T:
    close_old_connections()
    try:
        return work()
    finally:
        close_old_connections()

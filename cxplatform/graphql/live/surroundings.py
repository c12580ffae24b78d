"""What all sockets and streams of a process share; nothing of it is a brand's."""

import asyncio

from cxplatform.graphql.live.access import Access
from cxplatform.graphql.live.listeners import bound_what_the_kernel_keeps
from cxplatform.graphql.live.seats import Seats
from cxplatform.graphql.live.sharing import SharedLooks
from cxplatform.graphql.live.turns import Turns
from cxplatform.graphql.live.wakes import Wakes


class Surroundings:
    """The threads, the listener for wake-ups, the check of access and the seats."""

    def __init__(self) -> None:
        self.turns = Turns()
        self.looks = SharedLooks(self.turns)
        self.wakes = Wakes()
        self.access = Access(self.turns)
        self.seats = Seats()
        self._tasks: list[asyncio.Task[None]] = []

    def begin(self) -> None:
        """Listen and check in the loop that serves, once; again, should that have ended."""
        if not self._tasks:
            # The server listens since it serves, not yet when the application is loaded.
            bound_what_the_kernel_keeps()
        if not self._tasks or any(task.done() for task in self._tasks):
            self.end()
            self._tasks = [asyncio.create_task(self.wakes.run()), asyncio.create_task(self.access.run())]

    def end(self) -> None:
        """Stop listening and checking."""
        for task in self._tasks:
            task.cancel()

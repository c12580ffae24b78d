"""The subprotocol graphql-transport-ws on one socket.

Source: https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
"""

import asyncio
from typing import Any, TypeVar

from django.db import Error

from cxplatform.errors import DomainError
from cxplatform.graphql.errors import formatted
from cxplatform.graphql.live import codes
from cxplatform.graphql.live.allowance import Allowance
from cxplatform.graphql.live.asgi_types import Receive, Scope, address, header
from cxplatform.graphql.live.bound import Bound
from cxplatform.graphql.live.codes import Closed
from cxplatform.graphql.live.lingering import lingering
from cxplatform.graphql.live.messages import credential_of, id_of, parsed
from cxplatform.graphql.live.operations import Operations
from cxplatform.graphql.live.outlet import Outlet, Stuck
from cxplatform.graphql.live.seats import Full
from cxplatform.graphql.live.surroundings import Surroundings
from cxplatform.graphql.live.within import within

SUBPROTOCOL = "graphql-transport-ws"
INIT_SECONDS = 10
PING_SECONDS = 20
# A socket that says nothing, not even pong, for so long is gone.
SILENCE_SECONDS = 60
# What a client may say: all operations begun and ended twice over at once, and then this much.
MESSAGES_AT_ONCE, MESSAGES_A_SECOND = 200, 20
# How long those who follow something have to hear why it ends.
LAST_WORDS_SECONDS = 2
E = TypeVar("E", bound=BaseException)


class Socket:
    """One socket: one credential and one brand, bound by connection_init and never changed."""

    def __init__(self, scope: Scope, receive: Receive, outlet: Outlet, surroundings: Surroundings) -> None:
        self._scope = scope
        self._host = header(scope, "host")
        self._address = address(scope)
        self._receive = receive
        self._outlet = outlet
        self._surroundings = surroundings
        self._allowance = Allowance(MESSAGES_AT_ONCE, MESSAGES_A_SECOND)

    async def run(self) -> None:
        """Speak the protocol until either side closes; the seat is kept until the connection is gone."""
        try:
            with self._surroundings.seats.of_process():
                await self._speak()
        except Full as full:
            await self._close(Closed(codes.TRY_AGAIN, full.message))

    async def _speak(self) -> None:
        try:
            await self._converse()
        except* Closed as group:
            async with lingering(self._scope):
                await self._close(_first(group))
        except* Full as full:
            async with lingering(self._scope):
                await self._close(Closed(codes.TRY_AGAIN, _first(full).message))
        except* Stuck:
            await self._close(Closed(codes.TRY_AGAIN, "What was sent was not read"))
        except* _Gone:
            pass

    async def _converse(self) -> None:
        with self._surroundings.seats.of_stranger(self._address):
            bound = await self._initialise()
        lost = asyncio.Event()
        with self._surroundings.seats.of(bound), self._surroundings.access.watching(bound.held, lost):
            await self._outlet.say({"type": "connection_ack"})
            async with asyncio.TaskGroup() as tasks:
                operations = Operations(bound, self._outlet, self._surroundings, tasks)
                tasks.create_task(self._ping())
                tasks.create_task(self._leave(bound, lost, operations))
                await self._listen(operations)

    async def _initialise(self) -> Bound:
        """Wait for connection_init and bind what it says. Raises: Closed, _Gone."""
        try:
            async with asyncio.timeout(INIT_SECONDS):
                while (message := await self._next())["type"] in ("ping", "pong"):
                    if message["type"] == "ping":
                        await self._outlet.say({"type": "pong"})
        except TimeoutError:
            raise Closed(codes.TIMEOUT, "Connection initialisation timeout") from None
        if message["type"] != "connection_init":
            raise Closed(codes.UNAUTHORIZED, "Unauthorized")
        credential = credential_of(message.get("payload"), self._host)
        try:
            return await self._surroundings.turns.run("", credential.bind)
        except DomainError as error:
            raise Closed(codes.FORBIDDEN, error.code) from None
        except Exception as error:  # noqa: BLE001  # logged under an incident id by formatted()
            raise Closed(codes.FAILED, formatted(error)["extensions"]["code"]) from None

    async def _listen(self, operations: Operations) -> None:
        while True:
            try:
                message = await within(SILENCE_SECONDS, self._next())
            except TimeoutError:
                raise Closed(codes.TIMEOUT, "Nothing heard, not even pong") from None
            await self._handle(message, operations)

    async def _handle(self, message: dict[str, Any], operations: Operations) -> None:
        match message["type"]:
            case "ping":
                await self._outlet.say({"type": "pong"})
            case "pong":
                pass
            case "connection_init":
                raise Closed(codes.TOO_MANY, "Too many initialisation requests")
            case "subscribe":
                operations.begin(id_of(message), message.get("payload"))
            case "complete":
                operations.end(id_of(message))
            case _:
                raise Closed(codes.BAD_REQUEST, "Unknown message type")

    async def _ping(self) -> None:
        while True:
            await asyncio.sleep(PING_SECONDS)
            await self._outlet.say({"type": "ping"})

    async def _leave(self, bound: Bound, lost: asyncio.Event, operations: Operations) -> None:
        """Wait until the access that was granted is lost. Raises: Closed."""
        while await lost.wait():
            lost.clear()
            try:
                await self._surroundings.turns.run(bound.queue, bound.authenticate)
            except DomainError as error:
                # What is followed ends with an error of its own first, by the same check.
                await operations.wait(LAST_WORDS_SECONDS)
                raise Closed(codes.FORBIDDEN, error.code) from None
            except (Error, OSError):
                # The data is out of reach; whoever lost something is told so again.
                continue

    async def _next(self) -> dict[str, Any]:
        """Return the next message. Raises: Closed, _Gone."""
        received = await self._receive()
        if received["type"] == "websocket.disconnect":
            raise _Gone
        if not self._allowance.take():
            raise Closed(codes.TOO_MANY, "Too many messages")
        return parsed(received)

    async def _close(self, closed: Closed) -> None:
        await self._outlet.last({"type": "websocket.close", "code": closed.code, "reason": closed.reason})


class _Gone(Exception):
    """The client went away."""


def _first(group: BaseExceptionGroup[E]) -> E:
    """Return one of the exceptions of a group, however deep it lies."""
    first = group.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first

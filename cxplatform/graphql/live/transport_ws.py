"""The subprotocol graphql-transport-ws on one socket.

Source: https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
"""

import asyncio
from contextlib import aclosing, suppress
from typing import Any

import orjson

from cxplatform.errors import BadInput, DomainError
from cxplatform.graphql.errors import formatted
from cxplatform.graphql.live.asgi_types import Message, Receive, Scope, Send, header
from cxplatform.graphql.live.following import follow
from cxplatform.graphql.live.looks import Credential, bind, in_thread
from cxplatform.graphql.live.wakes import Wakes
from cxplatform.graphql.requests import (
    MAX_BODY_BYTES,
    GraphQLRequest,
    refuse_large_integers,
    refuse_null_characters,
    request_of,
)

SUBPROTOCOL = "graphql-transport-ws"
INIT_SECONDS = 10
PING_SECONDS = 20
# A socket that says nothing, not even pong, for so long is gone.
SILENCE_SECONDS = 60
MAX_OPERATIONS = 50

BAD_REQUEST, UNAUTHORIZED, FORBIDDEN, BAD_SUBPROTOCOL = 4400, 4401, 4403, 4406
INIT_TIMEOUT, DUPLICATE_ID, TOO_MANY_INITS, TOO_MANY_OPERATIONS = 4408, 4409, 4429, 4429
TOO_BIG, FAILED = 1009, 1011


class Closed(Exception):
    """The socket is to be closed with this code."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Socket:
    """One socket: one credential and one brand, bound by connection_init and never changed."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, wakes: Wakes) -> None:
        self._host = header(scope, "host")
        self._receive = receive
        self._send = send
        self._wakes = wakes
        self._credential: Credential | None = None
        self._operations: dict[str, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Speak the protocol until either side closes."""
        pinging = asyncio.create_task(self._ping())
        try:
            await self._initialise()
            while True:
                message = await self._next(SILENCE_SECONDS, Closed(INIT_TIMEOUT, "Nothing heard, not even pong"))
                await self._handle(message)
        except Closed as closed:
            with suppress(Exception):
                await self._send({"type": "websocket.close", "code": closed.code, "reason": closed.reason})
        except _Gone:
            pass
        finally:
            tasks = [pinging, *self._operations.values()]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _initialise(self) -> None:
        too_late = Closed(INIT_TIMEOUT, "Connection initialisation timeout")
        deadline = asyncio.get_running_loop().time() + INIT_SECONDS
        while (message := await self._next(_left(deadline), too_late))["type"] in ("ping", "pong"):
            await self._handle(message)
        if message["type"] != "connection_init":
            raise Closed(UNAUTHORIZED, "Unauthorized")
        credential = _credential(message.get("payload"), self._host)
        try:
            self._credential = await in_thread(lambda: bind(credential))
        except DomainError as error:
            raise Closed(FORBIDDEN, error.code) from None
        except Exception as error:  # noqa: BLE001  # logged under an incident id by formatted()
            raise Closed(FAILED, formatted(error)["extensions"]["code"]) from None
        await self._tell({"type": "connection_ack"})

    async def _handle(self, message: dict[str, Any]) -> None:
        match message["type"]:
            case "ping":
                await self._tell({"type": "pong"})
            case "pong":
                pass
            case "connection_init":
                raise Closed(TOO_MANY_INITS, "Too many initialisation requests")
            case "subscribe":
                self._subscribe(message)
            case "complete":
                task = self._operations.pop(_id(message), None)
                if task is not None:
                    task.cancel()
            case _:
                raise Closed(BAD_REQUEST, "Unknown message type")

    def _subscribe(self, message: dict[str, Any]) -> None:
        if self._credential is None:
            raise Closed(UNAUTHORIZED, "Unauthorized")
        operation_id = _id(message)
        if operation_id in self._operations:
            raise Closed(DUPLICATE_ID, f"Subscriber for {operation_id} already exists")
        if len(self._operations) >= MAX_OPERATIONS:
            raise Closed(TOO_MANY_OPERATIONS, f"At most {MAX_OPERATIONS} operations a socket")
        running = self._run(operation_id, message.get("payload"), self._credential)
        self._operations[operation_id] = asyncio.create_task(running)

    async def _run(self, operation_id: str, payload: object, credential: Credential) -> None:
        try:
            request = _request(payload)
        except DomainError as error:
            await self._finish(operation_id, "error", [formatted(error)])
            return
        async with aclosing(follow(request, credential, self._wakes)) as looks:
            async for seen in looks:
                if seen.refused:
                    await self._finish(operation_id, "error", seen.errors)
                    return
                await self._tell_raw(_next_message(operation_id, seen.body))
        await self._finish(operation_id, "complete")

    async def _finish(self, operation_id: str, kind: str, payload: object = None) -> None:
        self._operations.pop(operation_id, None)
        message: dict[str, Any] = {"id": operation_id, "type": kind}
        await self._tell(message | ({"payload": payload} if payload is not None else {}))

    async def _ping(self) -> None:
        while True:
            await asyncio.sleep(PING_SECONDS)
            if self._credential is not None:
                await self._tell({"type": "ping"})

    async def _next(self, seconds: float, too_late: Closed) -> dict[str, Any]:
        """Return the next message. Raises: Closed, _Gone."""
        try:
            received = await asyncio.wait_for(self._receive(), seconds)
        except TimeoutError:
            raise too_late from None
        if received["type"] == "websocket.disconnect":
            raise _Gone
        return _parsed(received)

    async def _tell(self, message: dict[str, Any]) -> None:
        await self._tell_raw(orjson.dumps(message).decode())

    async def _tell_raw(self, text: str) -> None:
        await self._send({"type": "websocket.send", "text": text})


def _left(deadline: float) -> float:
    return max(deadline - asyncio.get_running_loop().time(), 0.0)


class _Gone(Exception):
    """The client went away."""


def _parsed(received: Message) -> dict[str, Any]:
    text = received.get("text")
    if text is None:
        raise Closed(BAD_REQUEST, "Messages are text")
    if len(text) > MAX_BODY_BYTES or len(text.encode("utf-8", "replace")) > MAX_BODY_BYTES:
        raise Closed(TOO_BIG, f"A message has at most {MAX_BODY_BYTES:,} bytes")
    try:
        message = orjson.loads(text)
        refuse_large_integers(text.encode())
    except (orjson.JSONDecodeError, UnicodeEncodeError):
        raise Closed(BAD_REQUEST, "Messages are JSON") from None
    except BadInput as error:
        raise Closed(BAD_REQUEST, error.message) from None
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        raise Closed(BAD_REQUEST, "Messages are JSON objects with a type")
    return message


def _id(message: dict[str, Any]) -> str:
    operation_id = message.get("id")
    if not isinstance(operation_id, str) or not 1 <= len(operation_id) <= 128:
        raise Closed(BAD_REQUEST, "id is a string of 1 to 128 characters")
    return operation_id


def _credential(payload: object, host: str | None) -> Credential:
    if payload is not None and not isinstance(payload, dict):
        raise Closed(BAD_REQUEST, "The payload of connection_init is an object")
    values = payload or {}
    authorization, brand = values.get("authorization"), values.get("brand")
    if not isinstance(authorization, str | None) or not isinstance(brand, str | None):
        raise Closed(BAD_REQUEST, "authorization and brand are strings")
    return Credential(authorization, brand, host)


def _request(payload: object) -> GraphQLRequest:
    """Read a subscribe message's payload. Raises: BadInput."""
    if not isinstance(payload, dict):
        raise BadInput("The payload of subscribe is an object.")
    refuse_null_characters(payload)
    return request_of(payload)


def _next_message(operation_id: str, body: bytes) -> str:
    quoted = orjson.dumps(operation_id).decode()
    return f'{{"id":{quoted},"type":"next","payload":{body.decode()}}}'

"""graphql-sse, distinct connections: one POST, one operation, one stream of events.

Source: https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md
"""

import asyncio
from contextlib import aclosing
from dataclasses import replace

from django.conf import settings

from cxplatform.errors import BadInput, TooLarge
from cxplatform.graphql.encoding import encode
from cxplatform.graphql.errors import FormattedError, formatted, status_of
from cxplatform.graphql.live.asgi_types import Message, Receive, Scope, Send, address, header
from cxplatform.graphql.live.bound import Bound, Credential
from cxplatform.graphql.live.following import follow
from cxplatform.graphql.live.outlet import Outlet
from cxplatform.graphql.live.surroundings import Surroundings
from cxplatform.graphql.negotiation import readable
from cxplatform.graphql.requests import GraphQLRequest, request_of_body

# Proxies close what is silent for a minute.
KEEP_ALIVE_SECONDS = 12
BODY_SECONDS = 10


async def stream(scope: Scope, receive: Receive, send: Send, surroundings: Surroundings) -> None:
    """Answer one request of graphql-sse."""
    if scope["method"] != "POST":
        await respond(send, 405, formatted(BadInput("Send the operation by POST.")), (b"allow", b"POST"))
        return
    if not readable(header(scope, "content-type")):
        await respond(send, 415, formatted(BadInput("The body is application/json in UTF-8.")))
        return
    try:
        with surroundings.seats.of_process():
            with surroundings.seats.of_stranger(address(scope)):
                # Who asks comes first: a stranger is not waited for.
                bound = await surroundings.turns.run("", _credential(scope).bind)
            with surroundings.seats.of(bound):
                key = header(scope, "idempotency-key")
                request = replace(request_of_body(await _body(receive)), idempotency_key=key)
                await _events(request, bound, receive, send, surroundings)
    except Exception as error:  # noqa: BLE001  # formatted() logs what is not a DomainError and shows no word of it
        refused = formatted(error)
        status = status_of([refused], executed=False, legacy_json=False, document_fault=False)
        await respond(send, status, refused)


def _credential(scope: Scope) -> Credential:
    return Credential(header(scope, "authorization"), header(scope, "x-brand"), header(scope, "host"))


async def respond(send: Send, status: int, error: FormattedError, *more: tuple[bytes, bytes]) -> None:
    """Answer with an error instead of a stream."""
    body = encode({"errors": [error]})
    headers = [(b"content-type", b"application/json; charset=utf-8"), (b"cache-control", b"no-store"), *more]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _events(
    request: GraphQLRequest, bound: Bound, receive: Receive, send: Send, surroundings: Surroundings
) -> None:
    """Tell what is followed until it ends, the client leaves or does not read; never raises."""
    headers = [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    outlet = Outlet(send)
    telling = asyncio.create_task(_tell(request, bound, outlet, surroundings))
    keeping = asyncio.create_task(_keep_alive(outlet))
    leaving = asyncio.create_task(_gone(receive))
    tasks = [telling, keeping, leaving]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await outlet.last({"type": "http.response.body", "body": b"", "more_body": False})


async def _tell(request: GraphQLRequest, bound: Bound, outlet: Outlet, surroundings: Surroundings) -> None:
    async with aclosing(follow(request, bound, surroundings)) as looks:
        async for seen in looks:
            await _write(outlet, b"event: next\ndata: " + seen.body + b"\n\n")
    await _write(outlet, b"event: complete\ndata:\n\n")


async def _write(outlet: Outlet, chunk: bytes) -> None:
    await outlet.tell({"type": "http.response.body", "body": chunk, "more_body": True})


async def _keep_alive(outlet: Outlet) -> None:
    while True:
        await asyncio.sleep(KEEP_ALIVE_SECONDS)
        await _write(outlet, b":\n\n")


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _body(receive: Receive) -> bytes:
    """Read the body, which may not take long. Raises: TooLarge, BadInput."""
    try:
        async with asyncio.timeout(BODY_SECONDS):
            return await _whole(receive)
    except TimeoutError:
        raise BadInput(f"The body took longer than {BODY_SECONDS} seconds.") from None


async def _whole(receive: Receive) -> bytes:
    body = bytearray()
    while True:
        message: Message = await receive()
        if message["type"] == "http.disconnect":
            raise BadInput("The body broke off.")
        body.extend(message.get("body", b""))
        if len(body) > settings.CX_MAX_BODY_BYTES:
            raise TooLarge(f"A request has at most {settings.CX_MAX_BODY_BYTES:,} bytes.")
        if not message.get("more_body", False):
            return bytes(body)

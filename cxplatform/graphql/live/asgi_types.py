"""The ASGI interface, as far as it is used here."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from cxplatform.throttle.addresses import client_address

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


def address(scope: Scope) -> str:
    """Return the address that counts: the peer's, or what a proxy of ours says of it."""
    client = scope.get("client")
    return client_address(str(client[0]) if client else "", header(scope, "x-forwarded-for"))


def header(scope: Scope, name: str) -> str | None:
    """Return a request header; the last, when it was sent twice."""
    wanted = name.lower().encode()
    found = None
    for key, value in scope.get("headers", ()):
        if bytes(key).lower() == wanted:
            found = bytes(value).decode("latin-1")
    return found

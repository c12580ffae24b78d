"""The ASGI interface, as far as it is used here."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


def address(scope: Scope) -> str:
    """Return the address a connection comes from: behind a proxy, the proxy's."""
    client = scope.get("client")
    return str(client[0]) if client else ""


def header(scope: Scope, name: str) -> str | None:
    """Return a request header; the last, when it was sent twice."""
    wanted = name.lower().encode()
    found = None
    for key, value in scope.get("headers", ()):
        if bytes(key).lower() == wanted:
            found = bytes(value).decode("latin-1")
    return found

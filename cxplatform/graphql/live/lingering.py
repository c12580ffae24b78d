"""The end of a connection whose client may still be sending.

The server drops the connection as soon as its close frame is written. What then still arrives is answered by a
reset, and a client that fails to send for it may give up without reading why it was closed. So the connection is
held, its sending half is shut, and what arrives is thrown away unread until the client has closed too.

Source: RFC 6455, 7.1.1
"""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from cxplatform.graphql.live.asgi_types import Scope

# A client that does not close for so long, or sends so much more, is reset after all.
LINGER_SECONDS = 5.0
LINGER_BYTES = 4 * 1024 * 1024
_AT_ONCE_BYTES = 64 * 1024

# A connection as the system knows it: the peer's address and port, and our port.
Ends = tuple[str, int, int]


@asynccontextmanager
async def lingering(scope: Scope) -> AsyncIterator[None]:
    """Close the connection inside; afterwards wait until its client has heard. Where it cannot be held, do not wait."""
    held = _held(scope)
    try:
        yield
        if held is not None:
            # The client may have gone meanwhile.
            with suppress(OSError, TimeoutError):
                await _throw_away(held)
    finally:
        if held is not None:
            held.close()


def _held(scope: Scope) -> socket.socket | None:
    """Return the connection itself, held open beside the server, which lends it to nobody."""
    try:
        (host, port), (_, ours) = scope["client"], scope["server"]
        wanted = (host, int(port), int(ours))
    except (KeyError, TypeError, ValueError):
        # A socket of the file system, with a proxy at its other end.
        return None
    for number in map(int, os.listdir("/dev/fd")):
        if _ends(number) == wanted:
            with suppress(OSError):
                held = socket.fromfd(number, socket.AF_INET, socket.SOCK_STREAM)
                # The number may have become another connection's before it was held.
                if _ends(held.fileno()) == wanted:
                    return held
                held.close()
    return None


def _ends(number: int) -> Ends | None:
    """Return the ends of an open file that is a connection."""
    with suppress(OSError):
        # Told its kind, Python asks the system less.
        looked_at = socket.socket(socket.AF_INET, socket.SOCK_STREAM, 0, fileno=number)
        try:
            host, port, *_ = looked_at.getpeername()
            return host, port, looked_at.getsockname()[1]
        except ValueError:
            return None
        finally:
            looked_at.detach()
    return None


async def _throw_away(held: socket.socket) -> None:
    """Read what still comes until its end. Raises: OSError, TimeoutError."""
    held.setblocking(False)
    held.shutdown(socket.SHUT_WR)
    loop = asyncio.get_running_loop()
    read = 0
    async with asyncio.timeout(LINGER_SECONDS):
        while read < LINGER_BYTES and (arrived := await loop.sock_recv(held, _AT_ONCE_BYTES)):
            read += len(arrived)

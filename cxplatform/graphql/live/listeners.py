"""What the kernel keeps for a client that does not read: bounded on the listening socket, whose heirs inherit it."""

import os
import socket
from contextlib import suppress

# The kernel doubles it. Left alone it grows to 4 MB a client.
SEND_BUFFER_BYTES = 64 * 1024
# After so long without a sign that what was sent has arrived, a connection is dropped with all that waits in it.
UNREAD_MILLISECONDS = 30_000


def bound_what_the_kernel_keeps() -> None:
    """Set the bounds on every socket this process accepts from; where the system has none, nothing is set."""
    for number in os.listdir("/dev/fd"):
        # What is no socket is refused here, and left as it is.
        with suppress(OSError):
            found = socket.socket(fileno=int(number))
            try:
                _bound(found)
            finally:
                found.detach()


def _bound(found: socket.socket) -> None:
    if found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
        found.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            found.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNREAD_MILLISECONDS)

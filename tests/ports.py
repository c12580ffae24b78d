"""Ports for servers of the tests, that nobody else is given before they are listened on."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from cxplatform.embedded.ports import LOOPBACK


@contextmanager
def kept_port() -> Iterator[int]:
    """Keep a free port as long as the block does, for a server that shares it, as granian does.

    It takes seconds to start, in which the system would lend the port to any other process that asks for one.
    """
    with socket.socket() as kept:
        kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        kept.bind((LOOPBACK, 0))
        # Nobody listens on this one, so that nothing comes here.
        yield kept.getsockname()[1]

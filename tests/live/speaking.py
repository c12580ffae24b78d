"""A client of graphql-transport-ws for the tests, and what it says and hears."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

PROTOCOL = Subprotocol("graphql-transport-ws")
# However busy the machine; and less than the 45 s after which a rare look finds what nobody was woken for.
PATIENCE_SECONDS = 30.0


def open_socket(live_url: str) -> ClientConnection:
    return connect(f"ws://{live_url}/graphql/ws", subprotocols=[PROTOCOL], open_timeout=PATIENCE_SECONDS)


def say(socket: ClientConnection, **message: Any) -> None:
    socket.send(json.dumps(message))


def hear(socket: ClientConnection, seconds: float = PATIENCE_SECONDS) -> dict[str, Any]:
    """Return the next message that is not a ping."""
    while True:
        message: dict[str, Any] = json.loads(socket.recv(timeout=seconds))
        if message["type"] != "ping":
            return message


def sign_in(socket: ClientConnection, token: str, **payload: str) -> None:
    say(socket, type="connection_init", payload={"authorization": f"Bearer {token}", **payload})
    assert hear(socket) == {"type": "connection_ack"}


@contextmanager
def seated(live_url: str, token: str) -> Iterator[ClientConnection]:
    """Open a socket and sign in as soon as there is a seat: one that was left is free when the server has heard so."""
    until = monotonic() + PATIENCE_SECONDS
    while True:
        with open_socket(live_url) as socket:
            try:
                sign_in(socket, token)
            except ConnectionClosed:
                if monotonic() > until:
                    raise
            else:
                yield socket
                return
        sleep(0.05)


def subscribe(socket: ClientConnection, query: str, operation: str = "1", **variables: Any) -> None:
    say(socket, type="subscribe", id=operation, payload={"query": query, "variables": variables})


def closed_with(socket: ClientConnection, seconds: float = PATIENCE_SECONDS) -> int | None:
    """Hear the socket to its end and return the close code; None when it broke without one."""
    try:
        while True:
            socket.recv(timeout=seconds)
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else None

"""Followers of live results over either protocol, each in a thread of its own: what they heard, and when."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

from tests.flows.programs import eventually
from tests.live.speaking import open_socket, say, sign_in, subscribe
from tests.live.test_sse import events_of

# Less than the 45 s after which a rare look finds what nobody was woken for.
_PATIENCE_SECONDS = 40


@dataclass
class Follower:
    """The data it heard, each with the time; `over` once the server has completed it."""

    heard: list[tuple[float, Any]] = field(default_factory=list)
    over: bool = False

    @property
    def told(self) -> list[Any]:
        return [data for _, data in self.heard]

    def when(self, data: Any) -> float:
        """Wait until it has heard this, and return when it did."""
        eventually(lambda: data in self.told, seconds=_PATIENCE_SECONDS)
        return next(at for at, each in self.heard if each == data)

    def hear(self, name: str, payload: Any) -> None:
        """Note an event, which is the same in both protocols."""
        assert name in ("next", "complete"), payload
        if name == "next":
            self.heard.append((time.monotonic(), payload["data"]))
        else:
            self.over = True


@contextmanager
def following_by_socket(port: int, token: str, query: str, **variables: Any) -> Iterator[Follower]:
    """Follow over a WebSocket as long as the block does."""
    follower = Follower()
    with open_socket(f"127.0.0.1:{port}") as socket:
        sign_in(socket, token)
        subscribe(socket, query, **variables)
        threading.Thread(target=_listen, args=(socket, follower), daemon=True).start()
        yield follower


def _listen(socket: ClientConnection, follower: Follower) -> None:
    with suppress(ConnectionClosed):
        while not follower.over:
            message = json.loads(socket.recv(timeout=_PATIENCE_SECONDS))
            if message["type"] == "ping":
                say(socket, type="pong")
            else:
                follower.hear(message["type"], message.get("payload"))


@contextmanager
def following_by_stream(port: int, token: str, query: str, **variables: Any) -> Iterator[Follower]:
    """Follow by server-sent events until the server ends it."""
    follower = Follower()
    connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_SECONDS)
    headers = {"accept": "text/event-stream", "content-type": "application/json", "authorization": f"Bearer {token}"}
    connection.request("POST", "/graphql/stream", json.dumps({"query": query, "variables": variables}), headers)
    response = connection.getresponse()
    assert response.status == 200

    def listen() -> None:
        with closing(response), suppress(OSError, HTTPException):
            for event in events_of(response):
                follower.hear(*event)

    threading.Thread(target=listen, daemon=True).start()
    yield follower

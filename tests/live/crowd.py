"""A crowd of sockets that follow their brands' numbers, and what each of them heard."""

import asyncio
import json
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

FOLLOW = """subscription($keys: [MetricKey!]!, $window: WindowInput!) {
  metricChanged(keys: $keys, window: $window) { key value }
}"""
WINDOW = {"from": "2026-04-01T00:00:00Z", "to": "2026-05-01T00:00:00Z"}
KEYS = ["VOLUME", "SPEED_OF_ANSWER"]


@dataclass(frozen=True)
class Followed:
    """What is followed: a subscription, and how its data tell a number that grows and a mark of whose it is."""

    query: str
    variables: Mapping[str, Any]
    read: Callable[[Any], tuple[float | None, float | None]]


def _volume_and_speed(data: Any) -> tuple[float | None, float | None]:
    volume, speed = (each["value"] for each in data["metricChanged"])
    return volume, speed


METRICS = Followed(FOLLOW, {"keys": KEYS, "window": WINDOW}, _volume_and_speed)


@dataclass
class Listener:
    """One socket: whose it is, and the number and mark (volume and speed of answer) it was told, with the time."""

    place: int
    token: str
    followed: Followed = METRICS
    told: list[tuple[float | None, float | None, float]] = field(default_factory=list)
    socket: ClientConnection | None = None

    async def begin(self, url: str) -> None:
        """Connect, sign in and subscribe; then listen until cancelled."""
        self.socket = await connect(f"ws://{url}/graphql/ws", subprotocols=[Subprotocol("graphql-transport-ws")])
        await self._say({"type": "connection_init", "payload": {"authorization": f"Bearer {self.token}"}})
        payload = {"query": self.followed.query, "variables": dict(self.followed.variables)}
        assert json.loads(await self.socket.recv()) == {"type": "connection_ack"}
        await self._say({"type": "subscribe", "id": "1", "payload": payload})

    async def listen(self) -> None:
        """Note what is told, until the socket closes."""
        assert self.socket is not None
        async for text in self.socket:
            message = json.loads(text)
            if message["type"] == "ping":
                with suppress(ConnectionClosed):
                    await self._say({"type": "pong"})
                continue
            assert message["type"] == "next", message
            number, mark = self.followed.read(message["payload"]["data"])
            self.told.append((number, mark, time.time()))

    async def _say(self, message: dict[str, Any]) -> None:
        assert self.socket is not None
        await self.socket.send(json.dumps(message))


class Crowd:
    """Listeners of several brands, all at once."""

    def __init__(self, url: str, tokens: Sequence[str], places: int, followed: Sequence[Followed] = ()) -> None:
        """Let each token follow the numbers of its brand, or what is followed at its place."""
        self._url = url
        at = [followed[place] if followed else METRICS for place in range(places)]
        self.listeners = [Listener(n % places, token, at[n % places]) for n, token in enumerate(tokens)]
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> "Crowd":
        for listener in self.listeners:
            await listener.begin(self._url)
        self._tasks = [asyncio.create_task(listener.listen()) for listener in self.listeners]
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.gather(*(listener.socket.close() for listener in self.listeners if listener.socket))
        await asyncio.gather(*self._tasks)

    async def hears(self, volume: float | None, *, of: Sequence[int], seconds: float = 60) -> None:
        """Wait until every listener of these brands was told this volume. Raises: TimeoutError."""
        async with asyncio.timeout(seconds):
            wanted = [listener for listener in self.listeners if listener.place in of]
            while not all(listener.told and listener.told[-1][0] == volume for listener in wanted):
                await asyncio.sleep(0.02)

    def wrong(self, speeds: Sequence[float]) -> int:
        """Count what was told of another brand: each brand's contacts waited a time of their own."""
        return sum(
            speed not in (None, speeds[listener.place]) for listener in self.listeners for _, speed, _ in listener.told
        )

    def delays(self, volume: float, since: Mapping[int, float]) -> list[float]:
        """Return how long after their brand's commit its listeners were told this volume."""
        return [
            at - since[listener.place]
            for listener in self.listeners
            if listener.place in since
            for told, _, at in listener.told
            if told == volume
        ]

    def told(self) -> int:
        """Count everything that was told."""
        return sum(len(listener.told) for listener in self.listeners)

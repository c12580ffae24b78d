"""Wake-ups: one listener on Valkey for the whole process."""

import asyncio
import logging
import random
import secrets
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

import redis.asyncio
from django.conf import settings
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from cxplatform.graphql.live.within import leave_if_called_off, within

logger = logging.getLogger(__name__)

# When many are woken at once for no reason of their own, so many a second.
AT_ONCE_A_SECOND = 50
_RETRY_SECONDS = 2.0
_BEAT_SECONDS = 5.0


class Wakes:
    """Pass what is published on to the events that wait for it; `heard` tells whether it would be."""

    def __init__(self) -> None:
        self.heard = False
        self._waiting: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._subscribed_at: dict[str, float] = {}
        self._published_at: dict[str, float] = {}
        self._changed = asyncio.Event()
        self._beat = asyncio.Event()
        self._own_topic = f"live:{secrets.token_hex(8)}"

    @asynccontextmanager
    async def listening(self, topics: Iterable[str], event: asyncio.Event, *, since: float) -> AsyncIterator[None]:
        """Have the event set whenever something is published on one of the topics, or has been since that time.

        Where nobody listened then, it is set once somebody does: something may have been published.
        """
        kept = set(topics)
        for topic in kept:
            self._waiting[topic].add(event)
            if max(self._subscribed_at.get(topic, 0.0), self._published_at.get(topic, 0.0)) >= since:
                event.set()
        self._changed.set()
        try:
            yield
        finally:
            for topic in kept:
                self._waiting[topic].discard(event)
                if not self._waiting[topic]:
                    del self._waiting[topic]
            self._changed.set()

    @property
    def followers(self) -> int:
        """How many wait for something, once for each topic."""
        return sum(len(events) for events in self._waiting.values())

    async def run(self) -> None:
        """Listen until cancelled."""
        while settings.CACHE_URL:
            try:
                await self._listen()
            except* (redis.RedisError, OSError) as group:
                logger.warning("wake-ups are not heard, polling: %s", type(group.exceptions[0]).__name__)
            self._fall_deaf()
            await asyncio.sleep(_RETRY_SECONDS)

    async def _listen(self) -> None:
        never = Retry(NoBackoff(), 0)
        async with redis.asyncio.Redis.from_url(settings.CACHE_URL, retry=never) as client, client.pubsub() as pubsub:
            await pubsub.subscribe(self._own_topic)
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._read(pubsub))
                tasks.create_task(self._subscribe(pubsub))
                tasks.create_task(self._keep_sure(client))

    async def _read(self, pubsub: "redis.asyncio.client.PubSub") -> None:
        async for message in pubsub.listen():
            topic, now = message["channel"].decode(), asyncio.get_running_loop().time()
            if topic == self._own_topic:
                self._beat.set()
            elif message["type"] == "subscribe":
                self._subscribed_at[topic] = now
                _wake(self._waiting.get(topic, ()))
            elif message["type"] == "message":
                self._published_at[topic] = now
                for event in self._waiting.get(topic, ()):
                    event.set()

    async def _subscribe(self, pubsub: "redis.asyncio.client.PubSub") -> None:
        """Keep the subscriptions in line with who is waiting."""
        asked: set[str] = set()
        self._changed.set()
        while await self._changed.wait():
            self._changed.clear()
            wanted = set(self._waiting)
            if gone := asked - wanted:
                for topic in gone:
                    self._subscribed_at.pop(topic, None)
                    self._published_at.pop(topic, None)
                await pubsub.unsubscribe(*gone)
            if new := wanted - asked:
                await pubsub.subscribe(*new)
            asked = wanted
            leave_if_called_off()

    async def _keep_sure(self, client: "redis.asyncio.Redis") -> None:
        """Say something to ourselves now and then: a connection may be dead and not know it. Raises: TimeoutError."""
        while True:
            self._beat.clear()
            await client.publish(self._own_topic, "")
            await within(_BEAT_SECONDS, self._beat.wait())
            self.heard = True
            await asyncio.sleep(_BEAT_SECONDS)

    def _fall_deaf(self) -> None:
        """Have everybody look: something may have been missed, and whoever expects a wake-up must begin to poll."""
        self.heard = False
        self._subscribed_at.clear()
        self._published_at.clear()
        _wake({event for events in self._waiting.values() for event in events})


def _wake(events: Iterable[asyncio.Event]) -> None:
    """Set the events, spread over as long as it takes to serve them."""
    loop, waiting = asyncio.get_running_loop(), list(events)
    for event in waiting:
        loop.call_later(random.uniform(0, len(waiting) / AT_ONCE_A_SECOND), event.set)  # noqa: S311  # chance for evenness, not for secrecy

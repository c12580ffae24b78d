"""Wake-ups: one listener on Valkey for the whole process, and polling for when it hears nothing."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

import redis.asyncio
from django.conf import settings

logger = logging.getLogger(__name__)

# How long a wake-up that was lost may delay a push.
POLL_SECONDS = 1.5
_RETRY_SECONDS = 2.0


class Wakes:
    """Pass what is published on to the events that wait for it."""

    def __init__(self) -> None:
        self._waiting: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._changed = asyncio.Event()

    @asynccontextmanager
    async def listening(self, topics: Iterable[str]) -> AsyncIterator[asyncio.Event]:
        """Have an event set whenever something is published on one of the topics."""
        event, kept = asyncio.Event(), set(topics)
        for topic in kept:
            self._waiting[topic].add(event)
        self._changed.set()
        try:
            yield event
        finally:
            for topic in kept:
                self._waiting[topic].discard(event)
                if not self._waiting[topic]:
                    del self._waiting[topic]
            self._changed.set()

    async def run(self) -> None:
        """Listen until cancelled; while Valkey is away everybody polls."""
        while settings.CACHE_URL:
            try:
                await self._listen()
            except (redis.RedisError, OSError) as error:
                logger.warning("wake-ups are not heard, polling only: %s", type(error).__name__)
            await asyncio.sleep(_RETRY_SECONDS)

    async def _listen(self) -> None:
        async with redis.asyncio.Redis.from_url(settings.CACHE_URL) as client, client.pubsub() as pubsub:
            heard: set[str] = set()
            while True:
                heard = await self._subscribe(pubsub, heard)
                if not heard:
                    await self._changed.wait()
                    continue
                message = await pubsub.get_message(ignore_subscribe_messages=True, timeout=0.2)
                if message is not None:
                    for event in self._waiting.get(message["channel"].decode(), ()):
                        event.set()

    async def _subscribe(self, pubsub: "redis.asyncio.client.PubSub", heard: set[str]) -> set[str]:
        """Bring the subscriptions in line with who is waiting."""
        if not self._changed.is_set():
            return heard
        self._changed.clear()
        wanted = set(self._waiting)
        if wanted - heard:
            await pubsub.subscribe(*(wanted - heard))
        if heard - wanted:
            await pubsub.unsubscribe(*(heard - wanted))
        return wanted


async def woken(event: asyncio.Event) -> None:
    """Wait for a wake-up, or as long as one may be lost."""
    try:
        await asyncio.wait_for(event.wait(), POLL_SECONDS)
    except TimeoutError:
        return
    event.clear()

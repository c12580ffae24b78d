"""200 sockets that follow queues of two brands while contacts come: delay from commit to message, memory, whose."""

import asyncio
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import product
from typing import Any

from apps.accounts.permissions import Role
from apps.interactions import commands
from apps.interactions.models import Interaction, Queue
from cxplatform.graphql.global_ids import global_id
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.bench.costs import BenchmarkBroken
from tests.bench.live import Process, in_words
from tests.interactions.working.rows import viewer
from tests.live.conftest import person
from tests.live.crowd import Crowd, Followed
from tests.live.processes import live_process

QUERY = """subscription($queue: ID!) { queueChanged(queue: $queue) {
  queue { key } waiting oldestWaitingSince inProgress agents { state count } } }"""
START = datetime(2026, 3, 2, 14, tzinfo=UTC)
Place = tuple[BrandRef, Any]


def measure(brands: Sequence[BrandRef], *, sockets: int, queues: int, rounds: int) -> str:
    """Let each socket follow a queue and contacts come to all of them. Raises: BenchmarkBroken, by a wrong message."""
    places = [(brand, _queue(brand, number)) for brand, number in product(brands, range(queues))]
    tokens = {brand: person(brand, Role.BRAND_ADMIN, "follower").token for brand in brands}
    followed = [Followed(QUERY, {"queue": global_id("Queue", queue)}, _told) for _, queue in places]
    with live_process() as server:
        process = Process(server.worker_pid)
        bare = process.megabytes()

        async def run() -> tuple[list[float], float, Crowd]:
            whose = [tokens[places[number % len(places)][0]] for number in range(sockets)]
            async with Crowd(server.url, whose, len(places), followed) as crowd:
                delays = await _rounds(crowd, places, rounds)
                return delays, process.megabytes(), crowd

        delays, full, crowd = asyncio.run(run())
    wrong = crowd.wrong([float(place) for place in range(len(places))])
    if wrong:
        raise BenchmarkBroken(f"{wrong} of {crowd.told()} messages were of another queue or brand")
    return (
        f"7. {sockets} sockets follow {len(places)} queues of {len(brands)} brands (queueChanged)\n"
        f"   {in_words(delays)}\n"
        f"   memory of the live process: {bare:.0f} MB bare, {full:.0f} MB: {(full - bare) / sockets:.2f} MB a socket\n"
        f"   0 of {crowd.told():,} messages were of another queue or brand\n"
    )


def _told(data: Any) -> tuple[float | None, float | None]:
    """Return how many wait, and the place by the minute since when the oldest does; each place has its own."""
    changed = data["queueChanged"]
    since = changed["oldestWaitingSince"]
    minutes = None if since is None else (datetime.fromisoformat(since) - START) / timedelta(minutes=1)
    return changed["waiting"], minutes


async def _rounds(crowd: Crowd, places: Sequence[Place], rounds: int) -> list[float]:
    delays: list[float] = []
    await crowd.hears(0, of=range(len(places)))
    for waiting in range(1, rounds + 1):
        for place, (brand, queue) in enumerate(places):
            since = await asyncio.to_thread(partial(_come, brand, queue, place, waiting))
            await crowd.hears(waiting, of=[place])
            delays += crowd.delays(waiting, {place: since})
    return sorted(delays)


def _queue(brand: BrandRef, number: int) -> Any:
    with brand_tx(brand):
        return Queue.objects.create(key=f"queue {number}").id


def _come(brand: BrandRef, queue: Any, place: int, waiting: int) -> float:
    """Let a contact wait in a queue and return when that was committed."""
    since = START + timedelta(minutes=place)
    with brand_tx(brand):
        made = Interaction.objects.create(external_id=f"{place} {waiting}", channel="CHAT", opened_at=since)
        commands.enqueue_interaction(actor=viewer(), interaction_id=made.id, queue_id=queue, now=since)
    return time.time()

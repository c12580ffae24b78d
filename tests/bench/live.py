"""A crowd on one live process, COMMIT to push, with a worker: `python -m tests.bench.live [SOCKETS [BRANDS]]`."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tests import cluster
from tests.bench.__main__ import servers

if TYPE_CHECKING:
    from cxplatform.tenancy.brand import BrandRef
    from tests.live.crowd import Crowd

DAY = datetime(2026, 4, 8, 15, tzinfo=UTC)
ROUNDS, IDLE_SECONDS, PAUSE_SECONDS = 5, 20, 1.5


class Process:
    """A process's CPU and memory."""

    def __init__(self, pid: int) -> None:
        self._folder = Path(f"/proc/{pid}")

    def cpu_seconds(self) -> float:
        fields = (self._folder / "stat").read_text().rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def megabytes(self) -> float:
        return int((self._folder / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


@dataclass
class Scene:
    """A crowd, the brands it follows with how many contacts each has, and the live process between them."""

    crowd: "Crowd"
    brands: "Sequence[BrandRef]"
    process: Process
    volumes: list[int] = field(default_factory=list)
    idle: float = 0.0

    async def idles(self) -> None:
        """Note the share of a CPU that is used while nothing happens."""
        began = self.process.cpu_seconds()
        await asyncio.sleep(IDLE_SECONDS)
        self.idle = (self.process.cpu_seconds() - began) / IDLE_SECONDS

    async def rounds(self, written: Sequence[int]) -> tuple[list[float], float]:
        """Write to these brands over and over; return each push's delay, sorted, and the CPU it took above idling."""
        delays: list[float] = []
        began, cpu = time.monotonic(), self.process.cpu_seconds()
        for _ in range(ROUNDS):
            delays += await self.round(written)
            await asyncio.sleep(PAUSE_SECONDS)
        return sorted(delays), self.process.cpu_seconds() - cpu - self.idle * (time.monotonic() - began)

    async def round(self, written: Sequence[int]) -> list[float]:
        """Write one contact to each of these brands, and wait until all their sockets have heard of it."""
        delays: list[float] = []
        since = {place: await asyncio.to_thread(_write, self.brands[place], _speed(place)) for place in written}
        for place, moment in since.items():
            self.volumes[place] += 1
            await self.crowd.hears(self.volumes[place], of=[place])
            delays += self.crowd.delays(self.volumes[place], {place: moment})
        return delays


def measure(sockets: int, places: int) -> None:
    """Measure and print. Raises: AssertionError, when a socket hears of another brand or misses what it should."""
    from apps.accounts.permissions import Role
    from tests.bench.brands import more_brands
    from tests.live.conftest import person
    from tests.live.crowd import Crowd
    from tests.live.processes import live_process

    brands = more_brands(places)
    tokens = [person(brands[n % places], Role.VIEWER, f"viewer{n}").token for n in range(sockets)]
    with a_worker(), live_process() as server:
        process = Process(server.worker_pid)
        bare = process.megabytes()

        async def all_of_it() -> None:
            async with Crowd(server.url, tokens, places) as crowd:
                await _show(Scene(crowd, brands, process, [0] * places), bare)

        asyncio.run(all_of_it())


async def _show(scene: Scene, bare: float) -> None:
    places, sockets = len(scene.brands), len(scene.crowd.listeners)
    await scene.round(range(places))
    print(f"memory: {bare:.0f} MB bare, {scene.process.megabytes():.0f} MB with {sockets} sockets", flush=True)
    await scene.idles()
    print(f"idle: {100 * scene.idle:.1f} % of a CPU", flush=True)
    for title, written in (("one brand", range(1)), ("all brands at once", range(places))):
        delays, cpu = await scene.rounds(written)
        print(f"{title}: {in_words(delays)}; {1_000 * cpu / len(delays):.1f} ms CPU a push", flush=True)
    wrong = scene.crowd.wrong([_speed(place) for place in range(places)])
    print(f"of {scene.crowd.told():,} messages {wrong} were another brand's", flush=True)
    assert wrong == 0


def in_words(delays: Sequence[float], what: str = "pushes, COMMIT to push") -> str:
    """Tell sorted delays, in seconds."""
    median, p95 = delays[len(delays) // 2], delays[int(0.95 * len(delays))]
    return f"{len(delays):,} {what} median {median:.2f} s, p95 {p95:.2f} s, longest {delays[-1]:.2f} s"


def _speed(place: int) -> float:
    """Return how long contacts of a brand wait: by it a message tells whose it is."""
    return float(place + 1)


def _write(brand: "BrandRef", speed: float) -> float:
    """Write a contact as a command does and return when that was committed; the worker does the rest."""
    from cxplatform.dirty.marks import mark
    from cxplatform.tenancy.doors import brand_tx
    from tests.metrics.rows import store

    with brand_tx(brand):
        store([{"opened_at": DAY, "answered": True, "wait_seconds": speed}])
        mark("interaction", [DAY.date()])
    return time.time()


@contextmanager
def a_worker() -> Iterator[None]:
    """Run one worker as the demo does."""
    command = [sys.executable, "-m", "celery", "-A", "config.celery", "worker", "--concurrency=2", "--loglevel=ERROR"]
    command += ["--without-mingle", "--without-gossip"]
    process = subprocess.Popen(command, env=cluster.process_environment(), stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait(20)


def main() -> None:
    sockets, places = (int(text) for text in [*sys.argv[1:], "300", "10"][:2])
    print(f"{os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f}: {sockets} sockets of {places} brands", flush=True)
    with servers():
        measure(sockets, places)


if __name__ == "__main__":
    main()

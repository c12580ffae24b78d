"""A crowd on one live process, COMMIT to push, with a worker: `python -m tests.bench.live [SOCKETS [BRANDS]]`."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tests import cluster
from tests.bench.__main__ import servers

if TYPE_CHECKING:
    from cxplatform.tenancy.brand import BrandRef
    from tests.live.crowd import Crowd

DAY = datetime(2026, 4, 8, 15, tzinfo=UTC)
ROUNDS, IDLE_SECONDS, PAUSE_SECONDS = 10, 20, 1.5


class Process:
    """A process's CPU and memory."""

    def __init__(self, pid: int) -> None:
        self._folder = Path(f"/proc/{pid}")

    def cpu_seconds(self) -> float:
        fields = (self._folder / "stat").read_text().rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def megabytes(self) -> float:
        return int((self._folder / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def measure(sockets: int, places: int) -> None:
    """Measure and print. Raises: AssertionError, when a socket hears of another brand or misses what it should."""
    from apps.accounts.permissions import Role
    from tests.bench.brands import more_brands
    from tests.live.conftest import person
    from tests.live.crowd import Crowd
    from tests.live.processes import live_process

    brands = more_brands(places)
    tokens = [person(brands[n % places], Role.VIEWER, f"viewer{n}").token for n in range(sockets)]
    with _worker(), live_process() as server:
        process = Process(server.worker_pid)
        bare = process.megabytes()

        async def all_of_it() -> None:
            async with Crowd(server.url, tokens, places) as crowd:
                await _round(crowd, brands, range(places), volume=1)
                print(f"memory: {bare:.0f} MB bare, {process.megabytes():.0f} MB with {sockets} sockets", flush=True)
                await _idle(process)
                await _rounds("one brand of them", crowd, brands, [0], process, after=1)
                for place in range(1, places):
                    await _rounds("", crowd, brands, [place], None, after=1)
                await _rounds("all brands at once", crowd, brands, range(places), process, after=1 + ROUNDS)
                wrong = crowd.wrong([_speed(place) for place in range(places)])
                print(f"of {crowd.told():,} messages {wrong} were another brand's", flush=True)
                assert wrong == 0

        asyncio.run(all_of_it())


async def _idle(process: Process) -> None:
    began = process.cpu_seconds()
    await asyncio.sleep(IDLE_SECONDS)
    print(f"idle: {100 * (process.cpu_seconds() - began) / IDLE_SECONDS:.1f} % of a CPU", flush=True)


async def _rounds(
    title: str,
    crowd: "Crowd",
    brands: "Sequence[BrandRef]",
    written: Sequence[int],
    process: Process | None,
    *,
    after: int,
) -> None:
    """Write to these brands over and over, and print how long it took each socket to hear of it."""
    delays: list[float] = []
    began = process.cpu_seconds() if process else 0.0
    for volume in range(after + 1, after + 1 + ROUNDS):
        delays += await _round(crowd, brands, written, volume)
        await asyncio.sleep(PAUSE_SECONDS if process else 0)
    if process:
        delays.sort()
        median, p95 = delays[len(delays) // 2], delays[int(0.95 * len(delays))]
        cost = 1_000 * (process.cpu_seconds() - began) / len(delays)
        print(f"{title}: {len(delays):,} pushes, commit to push median {median:.2f} s, p95 {p95:.2f} s, ", end="")
        print(f"longest {delays[-1]:.2f} s; {cost:.1f} ms CPU a push", flush=True)


async def _round(crowd: "Crowd", brands: "Sequence[BrandRef]", written: Sequence[int], volume: int) -> list[float]:
    """Write one contact to each of these brands, and wait until all their sockets have heard of it."""
    since = {place: await asyncio.to_thread(_write, brands[place], _speed(place)) for place in written}
    await crowd.hears(volume, of=written)
    return crowd.delays(volume, since)


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
def _worker() -> Iterator[None]:
    """Run one worker as the demo does."""
    command = [sys.executable, "-m", "celery", "-A", "config.celery", "worker", "--concurrency=2", "--loglevel=ERROR"]
    process = subprocess.Popen([*command, "--without-mingle", "--without-gossip"], env=cluster.process_environment())
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

"""How soon what an import commits is counted: chunk by chunk, while a worker makes the days anew beside it."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import islice

import orjson
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.utils import timezone

from apps.interactions.imports import INTERACTIONS
from apps.metrics.recompute import rebuild, recompute_all
from cxplatform.imports.upserts import upsert
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.bench import drawing
from tests.bench.costs import BenchmarkBroken
from tests.bench.live import a_worker, in_words
from tests.bench.metric_questions import METRIC
from tests.bench.requests import body_of, graphql

CHUNK = 1_000
FIRST = datetime(2026, 3, 1, tzinfo=UTC)
DAYS = 30
_LOOK_SECONDS, _PATIENCE_SECONDS = 0.05, 120


def measure(brand: BrandRef, token: str, *, rows: int) -> str:
    """Import contacts of one month in chunks, and see when each chunk is counted by VOLUME of that month."""
    rebuild(brand)
    recompute_all(brand, now=timezone.now())
    with a_worker(), _watched(token) as seen:
        loading = _commits(brand, rows)
        # The first chunk waits until the worker has started, and is not measured.
        _wait(seen, next(loading)[1])
        commits = list(loading)
        _wait(seen, rows)
    delays = sorted(next(at for at, counted in seen if counted >= count) - since for since, count in commits)
    took = commits[-1][0] - commits[0][0]
    return (
        f"6. Rollups while {rows:,} contacts of {DAYS} days come in chunks of {CHUNK:,} (over {took:.1f} s)\n"
        f"   {in_words(delays, what='chunks, COMMIT to counted')}\n"
    )


def _wait(seen: list[tuple[float, int]], count: int) -> None:
    last = time.monotonic() + _PATIENCE_SECONDS
    while not seen or seen[-1][1] < count:
        if time.monotonic() > last:
            raise BenchmarkBroken(f"The rollups count {seen[-1:]} of {count} contacts")
        time.sleep(_LOOK_SECONDS)


def _commits(brand: BrandRef, rows: int) -> Iterator[tuple[float, int]]:
    """Load chunk after chunk as the loader does; yield when each was committed, and how many there are by then."""
    apart = timedelta(days=DAYS) / rows
    drawn = drawing.interactions(rows, first=FIRST, apart=apart, customers=rows // 4)
    count = 0
    while chunk := list(islice(drawn, CHUNK)):
        with brand_tx(brand, statement_timeout_ms=60_000):
            upsert(INTERACTIONS, chunk, now=timezone.now())
        count += len(chunk)
        yield time.time(), count


@contextmanager
def _watched(token: str) -> Iterator[list[tuple[float, int]]]:
    """Note from when on how many contacts are counted, as long as the block lasts."""
    seen: list[tuple[float, int]] = []
    window = {"from": FIRST.isoformat(), "to": (FIRST + timedelta(days=DAYS)).isoformat()}
    ask, application = graphql(token, METRIC, {"key": "VOLUME", "window": window}), WSGIHandler()
    done = threading.Event()

    def look() -> None:
        while not done.wait(_LOOK_SECONDS):
            answer = orjson.loads(body_of(application, ask()))["data"]["metric"]
            counted = int(answer["value"] or 0)
            if not seen or counted > seen[-1][1]:
                seen.append((time.time(), counted))
        connections.close_all()

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield seen
    finally:
        done.set()
        watcher.join()

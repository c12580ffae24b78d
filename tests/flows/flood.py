"""One brand floods the web process while another asks as it always does; how each of them fares."""

import json
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event

PAGE = """{ interactions(first: 50) { nodes { id openedAt channel customer { id name }
  surveyResponses(first: 5) { nodes { id score } } } } }"""


@dataclass
class Fared:
    """The statuses somebody was answered with, how long each answer took, and when it was told to come again."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    retry_after: set[str | None] = field(default_factory=set)

    def quantile(self, share: float) -> float:
        """Return the time that so many of its answers did not exceed."""
        return sorted(self.seconds)[min(int(len(self.seconds) * share), len(self.seconds) - 1)]


def ask(address: str, token: str, fared: Fared, query: str = PAGE) -> None:
    """Send one request and note how it fared."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    body = json.dumps({"query": query}).encode()
    headers["Accept"] = "application/graphql-response+json"
    began = time.perf_counter()
    try:
        with urllib.request.urlopen(urllib.request.Request(f"{address}/graphql", body, headers), timeout=30) as got:
            got.read()
            status, retry = got.status, None
    except urllib.error.HTTPError as error:
        status, retry = error.code, error.headers["Retry-After"]
    fared.seconds.append(time.perf_counter() - began)
    fared.statuses[status] += 1
    if status == 429:
        fared.retry_after.add(retry)


def paced(address: str, token: str, *, requests: int, a_second: float) -> Fared:
    """Ask as somebody who works does: one request after another, in time."""
    fared, began = Fared(), time.perf_counter()
    for number in range(requests):
        time.sleep(max(began + number / a_second - time.perf_counter(), 0))
        ask(address, token, fared)
    return fared


def flooded(
    address: str,
    flooders: Sequence[str],
    innocent: str,
    *,
    requests: int,
    a_second: float,
    pause: float = 0.0,
    query: str = PAGE,
) -> tuple[Fared, Fared]:
    """Let an innocent ask while each of the flooders asks without end; how these and that one fared.

    The flood comes from a process of its own, or the innocent would wait for it here already.
    """
    elsewhere = get_context("spawn")
    stop = elsewhere.Event()
    ours, theirs = elsewhere.Pipe()
    flood = elsewhere.Process(target=_flood, args=(address, flooders, query, pause, stop, theirs))
    flood.start()
    try:
        ours.recv()
        fared = paced(address, innocent, requests=requests, a_second=a_second)
    finally:
        stop.set()
    told = ours.recv()
    flood.join()
    return told, fared


def _flood(address: str, tokens: Sequence[str], query: str, pause: float, stop: Event, ready: Connection) -> None:  # noqa: PLR0917  # one of each
    """Ask without end until told to stop, and then tell how all that fared."""
    fared = Fared()

    def hammer(token: str) -> None:
        while not stop.wait(pause):
            ask(address, token, fared, query)

    with ThreadPoolExecutor(len(tokens)) as threads:
        ready.send(None)
        for each in [threads.submit(hammer, token) for token in tokens]:
            each.result()
    ready.send(fared)

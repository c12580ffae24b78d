"""A web process whose Valkey is away, hangs, is killed and comes again: all are answered, and limits hold on."""

import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson
import pytest

from apps.accounts.permissions import Role
from cxplatform.embedded.binaries import valkey_binary
from cxplatform.embedded.ports import free_port
from cxplatform.tenancy.brand import BrandRef
from cxplatform.throttle.shared import _TIMEOUT_SECONDS, Away, SharedBuckets
from cxplatform.throttle.sizes import buckets_of
from tests.flows.programs import eventually
from tests.graphql.test_mutations import RECORD_INTERACTION
from tests.security.web import asked, key_of, listens, web

# Of a brand, which a slow machine empties, too; and what a question for oneself costs.
POINTS, POINTS_A_SECOND, COST = 200, 22, 11
CONTACT = {"externalId": "1", "channel": "EMAIL", "openedAt": "2026-03-02T09:00:00Z"}


class Valkey:
    """A server that may be held, killed and started again at the same address."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._argv = [valkey_binary(), "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(self._argv, stdout=subprocess.DEVNULL)
        while not listens(self.port):
            assert self._process.poll() is None
            time.sleep(0.02)

    def hang(self) -> None:
        """Let it keep its connections and answer nothing, as one does that the net has lost."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@pytest.fixture(scope="module")
def valkey(tmp_path_factory: Any) -> Iterator[Valkey]:
    server = Valkey(tmp_path_factory.mktemp("valkey"))
    yield server
    server.kill()


@pytest.fixture(scope="module")
def port(django_db_setup: None, valkey: Valkey, tmp_path_factory: Any) -> Iterator[int]:
    """Serve with this Valkey, which is not there yet, for broker and cache."""
    folder = tmp_path_factory.mktemp("web")
    sizes = {"CX_THROTTLE_BRAND_POINTS": str(POINTS), "CX_THROTTLE_BRAND_POINTS_A_SECOND": str(POINTS_A_SECOND)}
    settings = {"CX_THROTTLE": "on", "CACHE_URL": valkey.url, "BROKER_URL": valkey.url, "CX_DATA_DIR": str(folder)}
    with web(folder / "log", **settings, **sizes) as (port, _):
        yield port


@dataclass
class Asked:
    """What was answered in a while: every status, how long each answer took that was one, and what it cost."""

    statuses: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)
    ended: float = 0.0

    @property
    def most(self) -> float:
        """How many a bucket can pay for in so long, full at first.

        And the process's own, in whose stead a busy machine may put it by keeping Valkey from its answer.
        """
        return (2 * POINTS + POINTS_A_SECOND * (self.ended - self.began)) / COST


class Asking:
    """Several who ask without end."""

    def __init__(self) -> None:
        self.over = threading.Event()
        self._now = Asked()

    def ask(self, port: int, token: str) -> None:
        while not self.over.wait(0.01):
            began = time.monotonic()
            status, _ = asked(port, token)
            now = self._now
            now.statuses.append(status)
            if status == 200:
                now.seconds.append(time.monotonic() - began)

    def meanwhile(self, seconds: float) -> Asked:
        """Return how they fare from now on for so long, and until some were answered and some were told to wait."""
        self._now = during = Asked()
        time.sleep(seconds)
        eventually(lambda: {200, 429} <= set(during.statuses), seconds=60)
        self._now = Asked()
        during.ended = time.monotonic()
        return during


@contextmanager
def asking(port: int, tokens: list[str]) -> Iterator[Asking]:
    group = Asking()
    threads = [threading.Thread(target=group.ask, args=(port, token)) for token in tokens]
    for thread in threads:
        thread.start()
    try:
        yield group
    finally:
        group.over.set()
        for thread in threads:
            thread.join()


def is_charged(valkey: Valkey, brand: BrandRef, settings: Any) -> bool:
    """Tell whether anything was taken from the brand's bucket in Valkey, as any other process sees it."""
    settings.CX_THROTTLE_BRAND_POINTS, settings.CX_THROTTLE_BRAND_POINTS_A_SECOND = POINTS, POINTS_A_SECOND
    _, shared = buckets_of(uuid4(), brand)
    try:
        (left,) = SharedBuckets(valkey.url).take([shared], 0).available
    except Away:
        return False
    return left < POINTS


def test_with_valkey_away_questions_and_mutations_are_answered_until_the_bucket_is_empty(
    committed: None, valkey: Valkey, port: int, acme: BrandRef
) -> None:
    valkey.kill()
    token = key_of(acme)
    record = orjson.dumps({"query": RECORD_INTERACTION, "variables": {"input": CONTACT}})

    status, answer = asked(port, token, record)
    answers = [asked(port, token)]
    # While it is asked it fills, too.
    while answers[-1][0] == 200 and len(answers) < 10 * POINTS // COST:
        answers.append(asked(port, token))

    assert (status, answer["data"]["recordInteraction"]["userErrors"]) == (200, [])
    assert answers[0][1]["extensions"]["cost"]["actual"] == COST
    assert (answers[-1][0], answers[-1][1]["errors"][0]["extensions"]["code"]) == (429, "RATE_LIMITED")


def test_a_valkey_that_hangs_dies_and_comes_again_fails_no_request_and_frees_nobody_of_limits(
    committed: None, valkey: Valkey, port: int, globex: BrandRef, settings: Any
) -> None:
    valkey.kill()
    valkey.start()
    tokens = [key_of(globex, role) for role in (Role.BRAND_ADMIN, Role.ANALYST, Role.VIEWER)]
    with asking(port, tokens) as group:
        eventually(lambda: is_charged(valkey, globex, settings), seconds=60)
        there = group.meanwhile(0.5)
        valkey.hang()
        # It is asked again two seconds after it did not answer.
        hung = group.meanwhile(2.5)
        valkey.kill()
        killed = group.meanwhile(0.5)
        valkey.start()
        eventually(lambda: is_charged(valkey, globex, settings), seconds=60)
        again = group.meanwhile(0.5)

    for during in (there, hung, killed, again):
        assert set(during.statuses) == {200, 429}
        # The last requests of the while before may end in this one.
        assert during.statuses.count(200) <= during.most + len(tokens)
    # Were each to wait for the Valkey that hangs, none would be quicker.
    assert min(hung.seconds) < _TIMEOUT_SECONDS

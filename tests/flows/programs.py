"""The product's own programs, run on the test database."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from tests import cluster
from tests.ports import kept_port

PROJECT = Path(__file__).resolve().parents[2]
_FIRST_BROKER = 8


@contextmanager
def web_and_worker(worker_id: str) -> Iterator[str]:
    """Run both as long as the block does; the web server's address."""
    with worker(worker_id), web(worker_id) as address:
        yield address


@contextmanager
def worker(worker_id: str, *, queues: str = "celery,jobs", **settings: str) -> Iterator[None]:
    """Run a worker of these queues, one task at a time, as long as the block does."""
    argv = ["celery", "-A", "config.celery", "worker", "--pool=prefork", "--concurrency=1", f"--queues={queues}"]
    options = [
        "--without-mingle",
        "--without-gossip",
        "--loglevel=WARNING",
        f"--hostname={queues.replace(',', '-')}@%h",
    ]
    with _running([*argv, *options], _environment(worker_id) | settings):
        yield


@contextmanager
def web(worker_id: str, *, workers: int = 1, threads: int = 2, **settings: str) -> Iterator[str]:
    """Run the web server as long as the block does; its address."""
    sizes = [f"--workers={workers}", f"--blocking-threads={threads}"]
    with _granian(["--interface=wsgi", *sizes, "--no-ws", "config.wsgi:application"], worker_id, settings) as port:
        yield f"http://127.0.0.1:{port}"


@contextmanager
def live(worker_id: str, **settings: str) -> Iterator[int]:
    """Run the live process as long as the block does; its port."""
    with _granian(["--interface=asginl", "--workers=1", "config.asgi:application"], worker_id, settings) as port:
        yield port


@contextmanager
def _granian(options: list[str], worker_id: str, settings: Mapping[str, str]) -> Iterator[int]:
    with (
        kept_port() as port,
        _running(["granian", f"--port={port}", "--log-level=error", *options], _environment(worker_id) | settings),
    ):
        eventually(lambda: _answers(f"http://127.0.0.1:{port}/healthz"), seconds=180)
        yield port


def eventually(holds: Callable[[], bool], *, seconds: float) -> None:
    """Wait until something holds; fail when it does not in time."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.1)


@contextmanager
def _running(module: list[str], environment: dict[str, str]) -> Iterator[None]:
    """Run a module in a process group of its own, and end the whole group."""
    process = subprocess.Popen([sys.executable, "-m", *module], cwd=PROJECT, env=environment, start_new_session=True)
    try:
        yield
        assert process.poll() is None, f"{module[0]} ended"
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def broker_of(worker_id: str) -> str:
    """Return the broker of a test process's programs: a database of the server, whose messages are nobody else's."""
    number = _FIRST_BROKER + int(worker_id.removeprefix("gw") or 0) if worker_id.startswith("gw") else _FIRST_BROKER
    return urlsplit(os.environ[cluster.VALKEY])._replace(path=f"/{number}").geturl()


def _environment(worker_id: str) -> dict[str, str]:
    return {**cluster.process_environment(), "BROKER_URL": broker_of(worker_id), "ALLOWED_HOSTS": "127.0.0.1"}


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return bool(response.status == 200)
    except OSError:
        return False

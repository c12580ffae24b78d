"""Servers as processes of their own, and clients that ask them over HTTP on loopback."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from tests import cluster
from tests.bench.costs import BenchmarkBroken

_HOST = "127.0.0.1"
_STARTS_WITHIN_SECONDS = 60
# Clients that each keep one connection and ask again as soon as they are answered.
CLIENTS = 4


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind((_HOST, 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def listening(argv: list[str], port: int, *, cwd: Path, env: Mapping[str, str]) -> Iterator[int]:
    """Run a server until it is not needed any more; its process. Raises: BenchmarkBroken, when it does not start."""
    with subprocess.Popen(argv, cwd=cwd, env={**os.environ, **env}, stdout=subprocess.DEVNULL) as server:
        try:
            _wait(server, port)
            yield server.pid
        finally:
            server.terminate()


def _wait(server: "subprocess.Popen[bytes]", port: int) -> None:
    last = time.monotonic() + _STARTS_WITHIN_SECONDS
    while time.monotonic() < last and server.poll() is None:
        try:
            socket.create_connection((_HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise BenchmarkBroken(f"{server.args!r} does not listen")


@contextmanager
def ours_served() -> Iterator[tuple[int, int]]:
    """Serve the application as the demo does, by one worker process; the process and its port."""
    port = free_port()
    argv = [sys.executable, "-m", "granian", "--interface=wsgi", f"--host={_HOST}", f"--port={port}", "--workers=1"]
    argv += ["--blocking-threads=8", "--no-ws", "--log-level=warning", "config.wsgi:application"]
    env = {**cluster.process_environment(), "CX_THROTTLE": "off"}
    with listening(argv, port, cwd=Path.cwd(), env=env) as pid:
        yield pid, port


@dataclass(frozen=True)
class Load:
    """The same request many times over, by a few clients at once."""

    port: int
    body: bytes
    headers: Mapping[str, str]
    count: int

    def work(self) -> None:
        with ThreadPoolExecutor(CLIENTS) as pool:
            list(pool.map(self._ask, [self.count // CLIENTS] * CLIENTS))

    def answer(self) -> bytes:
        return self._ask(1)

    def _ask(self, times: int) -> bytes:
        answer = b""
        with closing(HTTPConnection(_HOST, self.port, timeout=60)) as connection:
            for _ in range(times):
                connection.request("POST", "/graphql", self.body, dict(self.headers))
                response = connection.getresponse()
                answer = response.read()
                if response.status != 200 or b'"errors"' in answer:
                    raise BenchmarkBroken(f"port {self.port} answered {response.status}: {answer[:300]!r}")
        return answer

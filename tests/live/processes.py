"""The live process, as it is run in earnest, on the tests' servers."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests import cluster
from tests.ports import kept_port


@dataclass(frozen=True)
class LiveProcess:
    """A server with one worker process, which does the work and may be killed."""

    url: str
    server: "subprocess.Popen[bytes]"

    @property
    def worker_pid(self) -> int:
        """Find the worker's process, whichever it is now."""
        children = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children").read_text().split()
        workers = [int(pid) for pid in children if b"resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_bytes()]
        (worker,) = workers
        return worker


@contextmanager
def live_process(application: str = "config.asgi:application", **environment: str) -> Iterator[LiveProcess]:
    """Start the live process on this worker's database; its worker is started again when it dies."""
    with kept_port() as port:
        options = ["--interface", "asginl", "--port", str(port), "--log-level", "error", "--respawn-failed-workers"]
        process = subprocess.Popen(
            [sys.executable, "-m", "granian", *options, application],
            env=cluster.process_environment() | environment,
            start_new_session=True,
        )
        try:
            wait_until_healthy(f"127.0.0.1:{port}", process)
            yield LiveProcess(f"127.0.0.1:{port}", process)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                # With its worker, which would serve on.
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def wait_until_healthy(url: str, process: "subprocess.Popen[bytes]") -> None:
    """Wait until the process answers; a busy machine takes its time."""
    deadline = time.monotonic() + 180
    while True:
        try:
            with urllib.request.urlopen(f"http://{url}/healthz", timeout=5) as response:
                assert response.status == 200
                return
        except OSError:
            assert process.poll() is None, "the live process ended"
            assert time.monotonic() < deadline, "the live process did not start"
            time.sleep(0.1)

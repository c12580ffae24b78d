"""Kill any one program of a real `make demo` during an import: all ends, and the next start finishes the import."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.embedded.conftest import Marked, eventually
from tests.embedded.demos import Demo

LINES = 40_000
BAD = range(0, LINES, 1_000)


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    """Give one data folder for all tests here, with little data; a lease lasts two seconds, not thirty."""
    folder = Path(tempfile.mkdtemp(prefix="cxplatform-demo-dies-"))
    folder.chmod(0o755)
    marked = Marked()
    yield Demo(folder, marked, CX_JOB_LEASE_SECONDS="2", CX_DEMO_SIZE="small")
    marked.kill()
    shutil.rmtree(folder)


class Admin:
    """The first brand's admin, over HTTP."""

    def __init__(self, contents: dict[str, Any]) -> None:
        self._graphql, self._import = contents["graphql"], contents["import"]
        self._token = contents["brands"][0]["admin"]

    def import_customers(self, body: bytes) -> str:
        job: str = self._json(f"{self._import}/customers", body, "text/csv")["job"]
        return job

    def job(self, job: str) -> dict[str, Any]:
        return self._json(f"{self._import}/jobs/{job}")

    def customers(self) -> int:
        query = json.dumps({"query": "{ customers(first: 1) { totalCount } }"}).encode()
        total: int = self._json(self._graphql, query, "application/json")["data"]["customers"]["totalCount"]
        return total

    def _json(self, url: str, body: bytes | None = None, content_type: str = "") -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": content_type}
        with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=60) as answer:
            found: dict[str, Any] = json.load(answer)
            return found


def delivery(prefix: str) -> bytes:
    """Make a file of eight chunks in which every thousandth line is bad."""
    lines = [f"{prefix}-{n},Name {n},{'XX' if n in BAD else 'DE'}" for n in range(LINES)]
    return "\n".join(["external_id,name,country", *lines]).encode()


def said(make: subprocess.Popen[str]) -> str:
    """Wait for its end and return its last line but for make's own."""
    assert make.stdout is not None
    lines = [line for line in make.stdout if not line.startswith("make: ")]
    make.wait(timeout=60)
    return lines[-1]


@pytest.mark.parametrize(
    ("name", "pid"),
    [
        ("web", lambda demo: demo.leader("config.web")),
        ("importer", lambda demo: demo.leader("celery", "worker", "--queues=jobs")),
        ("postgres", Demo.postmaster),
    ],
)
def test_an_import_outlives_whatever_is_killed(demo: Demo, name: str, pid: Callable[[Demo], int]) -> None:
    with demo.running() as make:
        admin = Admin(demo.contents())
        before = admin.customers()
        job = admin.import_customers(delivery(name))
        assert eventually(lambda: 0 < admin.job(job)["rows"] < LINES)
        os.kill(pid(demo), signal.SIGKILL)
        last = said(make)
        assert eventually(lambda: demo.processes() == [])

    with demo.running() as make:
        admin = Admin(demo.contents())
        assert eventually(lambda: admin.job(job)["state"] == "DONE", seconds=60)
        found = {key: admin.job(job)[key] for key in ("rows", "accepted", "updated", "duplicates", "rejected")}
        after = admin.customers()
        make.send_signal(signal.SIGTERM)
        make.wait(timeout=60)

    assert last.startswith(f"demo: {name} was killed by SIGKILL (see ")
    assert found == {
        "rows": LINES,
        "accepted": LINES - len(BAD),
        "updated": 0,
        "duplicates": 0,
        "rejected": len(BAD),
    }
    assert after - before == LINES - len(BAD)

"""`make demo` itself: up, serving its data, down without a trace, up again with what it had."""

import json
import os
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from cxplatform.embedded.ports import free_port
from tests.embedded.conftest import PROJECT, Marked, eventually, processes_in


class Demo:
    """A demo of its own: data folder, ports, and a bare environment without HOME."""

    def __init__(self, data_dir: Path, marked: Marked) -> None:
        self.file = data_dir / "demo.json"
        self.cluster = data_dir / "postgres/server/cluster"
        self._marked = marked
        own = {"PORT": str(free_port()), "LIVE_PORT": str(free_port()), "CX_DATA_DIR": str(data_dir)}
        self._env = {"PATH": os.environ["PATH"]} | own | marked.env

    @contextmanager
    def running(self) -> Iterator[subprocess.Popen[str]]:
        """Start it through make; wait for READY."""
        argv = ["make", "--silent", "demo"]
        with subprocess.Popen(argv, cwd=PROJECT, env=self._env, stdout=subprocess.PIPE, text=True) as make:
            assert make.stdout is not None
            assert any(line.startswith("READY ") for line in make.stdout)
            yield make
            make.kill()

    def contents(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.file.read_text())
        return found

    def processes(self) -> list[object]:
        """Return whatever runs: programs by their mark, PostgreSQL (which inherits nothing) by its folder."""
        return [*self._marked.pids(), *processes_in(self.cluster)]

    def supervisor(self) -> int:
        return int((self.file.parent / "demo.lock").read_text())


@pytest.fixture
def demo(data_dir: Path, marked: Marked) -> Demo:
    return Demo(data_dir, marked)


def interactions(contents: dict[str, Any]) -> int:
    """Ask as the first brand's analyst how many interactions there are."""
    request = urllib.request.Request(
        contents["graphql"],
        data=json.dumps({"query": "{ interactions(first: 1) { totalCount } }"}).encode(),
        headers={
            "Content-Type": "application/json",
            "Authorization": f"Bearer {contents['brands'][0]['analyst']}",
        },
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        total: int = json.load(answer)["data"]["interactions"]["totalCount"]
        return total


def test_it_serves_and_leaves_nothing_and_comes_back_with_its_data(demo: Demo) -> None:
    with demo.running() as make:
        first = demo.contents()
        counted = interactions(first)
        mode = demo.file.stat().st_mode & 0o777
        make.send_signal(signal.SIGTERM)
        make.wait()
        assert eventually(lambda: demo.processes() == [])

    with demo.running():
        second = demo.contents()
        counted_again = interactions(second)
        os.kill(demo.supervisor(), signal.SIGKILL)
        assert eventually(lambda: demo.processes() == [])

    assert mode == 0o600
    assert counted >= 20_000
    assert (second, counted_again) == (first, counted)

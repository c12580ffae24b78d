"""`make demo` as tests run it."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cxplatform.embedded.ports import free_port
from tests.embedded.conftest import PROJECT, Marked, processes_in


class Demo:
    """A demo of its own: data folder, ports, and a bare environment without HOME."""

    def __init__(self, data_dir: Path, marked: Marked, **settings: str) -> None:
        self.file = data_dir / "demo.json"
        self.cluster = data_dir / "postgres/server/cluster"
        self._marked = marked
        own = {"PORT": str(free_port()), "LIVE_PORT": str(free_port()), "CX_DATA_DIR": str(data_dir)}
        self._env = {"PATH": os.environ["PATH"]} | own | marked.env | settings

    @contextmanager
    def running(self) -> Iterator[subprocess.Popen[str]]:
        """Start it through make; wait for READY."""
        argv = ["make", "--silent", "demo"]
        with subprocess.Popen(
            argv, cwd=PROJECT, env=self._env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as make:
            assert make.stdout is not None
            try:
                said: list[str] = []
                for line in make.stdout:
                    said.append(line)
                    if line.startswith("READY "):
                        break
                assert said[-1].startswith("READY "), said
                yield make
            finally:
                make.kill()

    def contents(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.file.read_text())
        return found

    def processes(self) -> list[object]:
        """Return whatever runs: programs by their mark, PostgreSQL (which inherits nothing) by its folder."""
        return [*self._marked.pids(), *processes_in(self.cluster)]

    def supervisor(self) -> int:
        return int((self.file.parent / "demo.lock").read_text())

    def leader(self, *words: str) -> int:
        """Return the one process among ours that leads its group and was started with these words."""
        [pid] = [
            pid
            for pid in self._marked.pids()
            if os.getpgid(pid) == pid and set(words) <= set(Path(f"/proc/{pid}/cmdline").read_text().split("\0"))
        ]
        return pid

    def postmaster(self) -> int:
        return int((self.cluster / "postmaster.pid").read_text().split()[0])

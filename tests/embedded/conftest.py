"""Folders an unprivileged server can reach, and a way to find every process a test has started."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """Give a folder everybody may enter: pytest's own lies under a private one."""
    folder = Path(tempfile.mkdtemp(prefix="cxplatform-embedded-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


class Marked:
    """Processes carrying a mark in their environment, however they were started."""

    def __init__(self) -> None:
        self.env = {"CX_TEST_MARK": uuid4().hex}

    def pids(self) -> list[int]:
        mark = self.env["CX_TEST_MARK"].encode()
        found = []
        for entry in Path("/proc").iterdir():
            try:
                if entry.name.isdecimal() and mark in (entry / "environ").read_bytes():
                    found.append(int(entry.name))
            except OSError:
                continue
        return found

    def kill(self) -> None:
        for pid in self.pids():
            os.kill(pid, 9)


@pytest.fixture
def marked() -> Iterator[Marked]:
    """Give a mark to put into an environment; whatever still carries it afterwards is killed."""
    mark = Marked()
    yield mark
    mark.kill()


def eventually(holds: Callable[[], bool], seconds: float = 15.0) -> bool:
    """Wait for something to become true."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True

"""Folders an unprivileged server can reach, and a way to find every process a test has started."""

import contextlib
import os
import shutil
import subprocess
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


def processes_in(cluster: Path) -> list[str]:
    """Find every process of a PostgreSQL cluster by its working folder."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdecimal() and (entry / "cwd").readlink() == cluster:
                found.append(entry.name)
        except OSError:
            continue
    return found


def eventually(holds: Callable[[], bool], seconds: float = 60.0) -> bool:
    """Wait for something to become true."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """Mount file systems of so many MiB; only root may, and not in every container."""
    mounted: list[Path] = []

    def mount(mebibytes: int) -> Path:
        folder = Path(tempfile.mkdtemp(prefix="cxplatform-small-disk-"))
        options = f"size={mebibytes}m,mode=0755"
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True)
        if done.returncode:
            folder.rmdir()
            pytest.skip("may not mount a small disk here")
        mounted.append(folder)
        return folder

    yield mount
    for folder in mounted:
        subprocess.run(["umount", folder], check=True)
        folder.rmdir()


def fill(folder: Path) -> Path:
    """Leave no byte free; return the file to delete for room."""
    filler = folder / "filler"
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        while file.write(b"\0" * 4_096):
            pass
    return filler

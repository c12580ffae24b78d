"""`make demo` on a machine that is not ready says why in one line and starts nothing."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from cxplatform.embedded.locks import FolderLock
from cxplatform.embedded.ports import free_port
from tests import cluster
from tests.embedded.conftest import PROJECT, Marked


@pytest.fixture
def demo(data_dir: Path, marked: Marked) -> Callable[..., str]:
    """Run the demo with these settings until it gives up; return what it said."""
    own = {"PORT": str(free_port()), "LIVE_PORT": str(free_port()), "CX_DATA_DIR": str(data_dir)}
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}

    def run(**settings: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "config.demo"],
            cwd=PROJECT,
            env=inherited | own | marked.env | settings,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (done.returncode, done.stdout, marked.pids()) == (1, "", [])
        return done.stderr

    return run


@pytest.mark.parametrize("name", ["PORT", "LIVE_PORT"])
def test_a_port_in_use_is_named_with_its_setting(demo: Callable[..., str], name: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        assert demo(**{name: str(port)}) == (
            f"demo: port {port} is in use; free it or choose another with {name}=<port>\n"
        )


def test_a_port_that_is_none(demo: Callable[..., str]) -> None:
    assert demo(PORT="web") == "demo: PORT is 'web', which is no port (1 to 65535)\n"


def test_a_size_that_is_none(demo: Callable[..., str]) -> None:
    assert demo(CX_DEMO_SIZE="tiny") == "demo: CX_DEMO_SIZE is 'tiny'; it may be whole or small\n"


def test_one_port_for_both(demo: Callable[..., str]) -> None:
    expected = "demo: PORT and LIVE_PORT are both 8003; set one of them to another port\n"

    assert demo(PORT="8003", LIVE_PORT="8003") == expected


def test_a_database_without_its_owner(demo: Callable[..., str]) -> None:
    assert demo(DATABASE_URL="postgres://app@db/cx") == (
        "demo: DATABASE_URL is set but DATABASE_OWNER_URL is not; set both, or neither for the embedded PostgreSQL\n"
    )


def test_a_database_that_is_none(demo: Callable[..., str]) -> None:
    said = demo(DATABASE_URL="mysql://app:secret@db/cx", DATABASE_OWNER_URL="postgres://owner@db/cx")

    assert said == ("demo: DATABASE_URL is no URL of a PostgreSQL database (postgres://user:password@host:5432/name)\n")


def test_a_database_nobody_serves(demo: Callable[..., str]) -> None:
    url = f"postgres://owner:secret@127.0.0.1:{free_port()}/cx"

    said = demo(DATABASE_URL=url.replace("owner", "app"), DATABASE_OWNER_URL=url)

    port = url.rpartition(":")[2].removesuffix("/cx")
    assert said == (
        f'demo: DATABASE_OWNER_URL: connection to server at "127.0.0.1", port {port} failed: Connection refused\n'
    )


@pytest.mark.parametrize("name", ["BROKER_URL", "CACHE_URL"])
def test_a_broker_or_cache_with_another_password(demo: Callable[..., str], name: str) -> None:
    url = os.environ[cluster.VALKEY]
    wrong = urlsplit(url)._replace(netloc=f":guessed@127.0.0.1:{urlsplit(url).port}").geturl()

    assert demo(**{name: wrong}) == f"demo: {name}: invalid username-password pair or user is disabled.\n"


def test_a_demo_already_running_in_the_folder(demo: Callable[..., str], data_dir: Path) -> None:
    lock = FolderLock(data_dir / "demo.lock", "another")
    lock.acquire()

    assert demo() == f"demo: the demo is already running in {data_dir} (process {os.getpid()})\n"
    lock.release()


def test_too_little_disk_to_begin(demo: Callable[..., str], small_disk: Callable[[int], Path]) -> None:
    disk = small_disk(50)

    assert demo(CX_DATA_DIR=str(disk)) == (
        f"demo: the disk is full: no space left for {disk} (free some, or set CX_DATA_DIR)\n"
    )


def test_a_data_folder_that_cannot_be_made(demo: Callable[..., str], data_dir: Path) -> None:
    (data_dir / "file").write_text("")

    assert demo(CX_DATA_DIR=str(data_dir / "file")) == f"demo: {data_dir}/file: File exists\n"

"""All up or all down: whatever ends the supervisor or one of its programs, nothing stays behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.embedded.conftest import PROJECT, Marked, eventually

# Programs that note their end, ignore the polite signal, or have children of their own.
NOTING = "trap 'echo {name} >>{log}/ended; exit' TERM; : >{log}/{name}.ready; while :; do sleep 0.05; done"
STUBBORN = "trap '' TERM; : >{log}/{name}.ready; while :; do sleep 0.05; done"
WITH_CHILDREN = (
    "sleep 300 & (trap '' TERM HUP INT; while :; do sleep 0.05; done) & : >{log}/{name}.ready; exec sleep 300"
)


@contextmanager
def supervised(log_dir: Path, marked: Marked, wait: bool = True, **scripts: str) -> Iterator[subprocess.Popen[str]]:
    """Run a supervisor of these programs; wait until all are up."""
    texts = [f"{name}={text.format(name=name, log=log_dir)}" for name, text in scripts.items()]
    argv = [sys.executable, "-m", "tests.embedded.supervised", str(log_dir), *texts]
    env = os.environ | marked.env
    with subprocess.Popen(argv, cwd=PROJECT, env=env, stdout=subprocess.PIPE, text=True) as supervisor:
        assert supervisor.stdout is not None
        try:
            if wait:
                assert supervisor.stdout.readline() == "READY\n"
            yield supervisor
        finally:
            supervisor.kill()


def last_words(supervisor: subprocess.Popen[str]) -> str:
    assert supervisor.stdout is not None
    return supervisor.stdout.read().strip()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything_last_started_first(tmp_path: Path, marked: Marked, number: signal.Signals) -> None:
    with supervised(tmp_path, marked, first=NOTING, second=NOTING, third=NOTING) as supervisor:
        supervisor.send_signal(number)

        assert last_words(supervisor) == "stopped"
    assert (tmp_path / "ended").read_text().split() == ["third", "second", "first"]
    assert eventually(lambda: marked.pids() == [])


def test_the_end_of_one_program_ends_all_and_is_named_with_its_last_line(tmp_path: Path, marked: Marked) -> None:
    brief = ": >{log}/{name}.ready; sleep 0.5; echo 'ran out of patience'; exit 3"

    with supervised(tmp_path, marked, steady=NOTING, brief=brief) as supervisor:
        words = last_words(supervisor)

    assert words == f"brief ended with exit code 3 (see {tmp_path}/brief.log): ran out of patience"
    assert (tmp_path / "ended").read_text().split() == ["steady"]
    assert eventually(lambda: marked.pids() == [])


def test_a_program_on_a_full_disk_is_reported_as_just_that(tmp_path: Path, marked: Marked) -> None:
    full = ": >{log}/{name}.ready; sleep 0.5; echo 'PANIC: could not write: No space left on device'; exit 1"

    with supervised(tmp_path, marked, full=full) as supervisor:
        words = last_words(supervisor)

    assert words == f"the disk is full: no space left for {tmp_path} (free some, or set CX_DATA_DIR)"


def test_a_program_that_ignores_the_request_is_killed_after_its_grace(tmp_path: Path, marked: Marked) -> None:
    with supervised(tmp_path, marked, stubborn=STUBBORN) as supervisor:
        supervisor.terminate()

        assert last_words(supervisor) == "stopped"
    assert eventually(lambda: marked.pids() == [])


def test_children_of_a_program_end_with_it(tmp_path: Path, marked: Marked) -> None:
    with supervised(tmp_path, marked, parent=WITH_CHILDREN) as supervisor:
        supervisor.terminate()

        assert last_words(supervisor) == "stopped"
    assert eventually(lambda: marked.pids() == [])


def test_a_killed_supervisor_leaves_nothing_not_even_stubborn_grandchildren(tmp_path: Path, marked: Marked) -> None:
    with supervised(tmp_path, marked, polite=NOTING, stubborn=STUBBORN, parent=WITH_CHILDREN) as supervisor:
        assert len(marked.pids()) > 3
        supervisor.kill()

        assert eventually(lambda: marked.pids() == [])


def test_a_killed_guard_is_replaced(tmp_path: Path, marked: Marked) -> None:
    with supervised(tmp_path, marked, parent=WITH_CHILDREN) as supervisor:
        assert eventually(lambda: guards(marked) != [])
        first = guards(marked)
        os.kill(first[0], signal.SIGKILL)
        assert eventually(lambda: guards(marked) not in ([], first))
        time.sleep(1)  # it runs before it has been told whom to stop
        supervisor.kill()

        assert eventually(lambda: marked.pids() == [])


def test_a_program_that_never_gets_ready_is_named(tmp_path: Path, marked: Marked) -> None:
    with supervised(tmp_path, marked, wait=False, late="sleep 300") as supervisor:
        words = last_words(supervisor)

    assert words == f"late was not ready after 1 s (see {tmp_path}/late.log)"
    assert eventually(lambda: marked.pids() == [])


def test_a_signal_during_the_start_stops_what_was_started(tmp_path: Path, marked: Marked) -> None:
    with supervised(tmp_path, marked, wait=False, quick=NOTING, slow="sleep 300") as supervisor:
        assert eventually((tmp_path / "quick.ready").exists)
        supervisor.send_signal(signal.SIGINT)

        assert last_words(supervisor) == "stopped before ready"
    assert eventually(lambda: marked.pids() == [])


def guards(marked: Marked) -> list[int]:
    """Return the living guards among the marked processes."""
    return [pid for pid in marked.pids() if b"guard.py" in command_line(pid)]


def command_line(pid: int) -> bytes:
    """Return how a process was started; nothing of one that has just ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""

"""Frontends' clients, set as the example and docs/live.md set them, come back to a live process that was killed."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.conftest import Following
from tests.live.processes import LiveProcess, live_process
from tests.node import PROJECT, Workspace
from tests.programs import required

EXAMPLE = PROJECT / "examples/typescript"


@pytest.fixture
def mortal(committed: None) -> Iterator[LiveProcess]:
    with live_process() as process:
        yield process


class Follower:
    """Both clients in one program, which follow an import."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def both_say(self, rows: int) -> None:
        """Read what they are told until both were told of so many rows, and of nothing wrong."""
        missing = {"ws", "sse"}
        assert self._process.stdout is not None
        while missing:
            said = json.loads(self._process.stdout.readline())
            assert "errors" not in said, said
            if said["rows"] == rows:
                missing.discard(said["protocol"])

    def end(self) -> int:
        return self._process.wait(timeout=120)


@pytest.fixture
def follower(mortal: LiveProcess, following: dict[str, Following], tmp_path: Path) -> Iterator[Follower]:
    acme = following["acme"]
    workspace = Workspace(EXAMPLE, tmp_path / "example")
    # Of the example this alone: what else there is wants the schema.
    only = {"extends": "./tsconfig.json", "include": ["src/service.ts"]}
    (workspace.folder / "only.json").write_text(json.dumps(only))
    workspace.run_bin("tsc", "-p", "only.json")
    script = workspace.folder / "resuming.mjs"
    script.write_text(Path(__file__).with_name("resuming.mjs").read_text())
    command = [required("node"), str(script), mortal.url, acme.token, acme.job_id]
    with subprocess.Popen(command, cwd=workspace.folder, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Follower(process)
        finally:
            process.kill()


def test_they_are_told_what_became_of_the_import_meanwhile_and_go_on(
    mortal: LiveProcess, follower: Follower, following: dict[str, Following]
) -> None:
    acme = following["acme"]
    follower.both_say(0)

    os.kill(mortal.worker_pid, signal.SIGKILL)
    acme.change(rows=5, accepted=5)

    follower.both_say(5)
    acme.change(rows=9, accepted=9)
    follower.both_say(9)
    acme.change(rows=10, accepted=10, state="DONE")
    follower.both_say(10)
    assert follower.end() == 0

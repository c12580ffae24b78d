"""Worker processes forked from one that has loaded all it needs: to load takes longer than what most of them do.

`python -m tests.faults.nursery` reads a line of JSON for each: the brand, where it is to die, its data folder, and the
file to write its output to; it answers with how the process ended. It has no connection to anything itself, and what it
forks dies of `kill -9` as any other does.
"""

import json
import os
import random
import subprocess
import sys
import traceback
from importlib import import_module, reload
from typing import Any

# What a worker is told anew each time; all else it knows from the nursery's environment.
FAULT, DATA_DIR = "CX_FAULT", "CX_DATA_DIR"
_CHANGING = {FAULT, DATA_DIR, "PYTEST_CURRENT_TEST"}
_kept: list[Any] = []


def work_in(environment: dict[str, str], directory: str, slug: str, output: str) -> int:
    """Run a worker of the brand to its end in an environment; return how it ended, below zero for a signal."""
    given = {FAULT: environment.get(FAULT, ""), DATA_DIR: environment[DATA_DIR]}
    nursery = _nursery(directory, {key: value for key, value in environment.items() if key not in _CHANGING})
    assert nursery.stdin is not None
    assert nursery.stdout is not None
    nursery.stdin.write(json.dumps({"slug": slug, "output": output, **given}) + "\n")
    nursery.stdin.flush()
    return int(nursery.stdout.readline())


def _nursery(directory: str, environment: dict[str, str]) -> "subprocess.Popen[str]":
    """Return the one of this environment, in the place of one of another; it ends when its input does."""
    if _kept and _kept[0] != environment:
        _, former = _kept.pop(0), _kept.pop()
        former.communicate()
    if not _kept:
        command = [sys.executable, "-m", "tests.faults.nursery"]
        pipe = subprocess.PIPE
        started = subprocess.Popen(command, cwd=directory, env=environment, stdin=pipe, stdout=pipe, text=True)
        _kept.extend((environment, started))
    found: subprocess.Popen[str] = _kept[1]
    return found


def _work(asked: dict[str, Any]) -> None:
    """Be the worker: nothing of it may return into the nursery."""
    status = 1
    try:
        with open(asked["output"], "wb", buffering=0) as file:
            os.dup2(file.fileno(), 1)
            os.dup2(file.fileno(), 2)
        _tell(asked)
        from tests.faults.worker import run

        run(asked["slug"])
        status = 0
    except BaseException:  # whatever it is, a process ends with it
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _tell(asked: dict[str, Any]) -> None:
    from django.conf import settings

    from cxplatform import faults

    random.seed()
    settings.CX_DATA_DIR = type(settings.CX_DATA_DIR)(asked[DATA_DIR])
    os.environ |= {FAULT: asked[FAULT], DATA_DIR: asked[DATA_DIR]}
    # In place: whoever imported `reached` asks these.
    reload(faults)


def main() -> None:
    import django

    django.setup()
    # Loaded once, for all that are forked.
    import_module("tests.faults.worker")
    import_module("cxplatform.jobs.runner")

    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            _work(asked)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    main()

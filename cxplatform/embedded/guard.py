"""The guard: a tiny process that outlives its starter just long enough to stop what it left behind.

Its standard input is a pipe from the starter. End of file means the starter is gone, however it went
(`kill -9` included), and then every process group still registered is stopped. Linux's PDEATHSIG would
not do: it reaches no grandchildren (worker pools) and exists on Linux alone.

This file is also run by itself (`python -I -S guard.py`), so it imports nothing of the project.
"""

import contextlib
import os
import signal
import sys
import time
from typing import TextIO

POLL_SECONDS = 0.02


def group_exists(group: int) -> bool:
    """Tell whether any process of the group is left (a zombie counts)."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def stop_groups(stop_signals: dict[int, int], grace_seconds: float) -> None:
    """Ask each group's leader to stop, wait, then kill what is left of the groups."""
    for leader, number in stop_signals.items():
        with contextlib.suppress(OSError):
            os.kill(leader, number)
    deadline = time.monotonic() + grace_seconds
    groups = list(stop_signals)
    while groups and time.monotonic() < deadline:
        time.sleep(POLL_SECONDS)
        groups = [group for group in groups if group_exists(group)]
    for group in groups:
        with contextlib.suppress(OSError):
            os.killpg(group, signal.SIGKILL)


def watch(orders: TextIO) -> dict[int, int]:
    """Read `+ <group> <signal>` and `- <group>` lines to the end; return what is still registered."""
    registered: dict[int, int] = {}
    for line in orders:
        verb, group, *number = line.split()
        if verb == "+":
            registered[int(group)] = int(number[0])
        else:
            registered.pop(int(group), None)
    return registered


def main(grace_seconds: float) -> None:
    """Outlive whatever ends the starter, then clean up after it."""
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    stop_groups(watch(sys.stdin), grace_seconds)


if __name__ == "__main__":
    main(grace_seconds=float(sys.argv[1]))

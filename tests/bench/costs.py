"""What work costs: wall time, this process's CPU, and the CPU of the whole PostgreSQL server."""

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from django.db import connections

_PROCESSES = Path("/proc")


class BenchmarkBroken(AssertionError):
    """What was measured did not do what it should have done, so its time means nothing."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of each kind; `server` is 0 where there is no /proc to read it from."""

    wall: float
    python: float
    server: float

    @property
    def cpu(self) -> float:
        return self.python + self.server


@dataclass(frozen=True, slots=True)
class Contender:
    """Work to be measured; `prepare` runs before each time and is not. A cost counts `scale` times.

    `most_rounds`: what takes so long that it is not repeated as often as the others.

    `process`: the server that does the work, with its children, if it is not this process.
    """

    work: Callable[[], object]
    prepare: Callable[[], object] = lambda: None
    scale: float = 1.0
    process: int | None = None
    most_rounds: int | None = None


def medians_of(contenders: Sequence[Contender], *, rounds: int) -> list[Cost]:
    """Run all contenders in turns, so that a busy moment of the machine hits each alike; the median of each."""
    costs: list[list[Cost]] = [[] for _ in contenders]
    for round_ in range(rounds):
        for place, contender in enumerate(contenders):
            if contender.most_rounds is not None and round_ >= contender.most_rounds:
                continue
            contender.prepare()
            costs[place].append(_cost(contender))
    return [
        Cost(*(median(getattr(cost, kind) for cost in each) for kind in ("wall", "python", "server"))) for each in costs
    ]


def _cost(contender: Contender) -> Cost:
    postmaster = _postmaster()
    server, python, wall = _family_seconds(postmaster), _own_seconds(contender), time.perf_counter()
    contender.work()
    wall, python = time.perf_counter() - wall, _own_seconds(contender) - python
    server = _family_seconds(postmaster) - server
    return Cost(wall * contender.scale, python * contender.scale, server * contender.scale)


def _postmaster() -> int | None:
    """Find the server's first process: the parent of the one that serves us."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        status = _status(_PROCESSES / str(cursor.fetchone()[0]))
    return int(status[1]) if status else None


def _own_seconds(contender: Contender) -> float:
    return time.process_time() if contender.process is None else _family_seconds(contender.process)


def _family_seconds(first: int | None) -> float:
    """Add up a process and its children: of PostgreSQL's first one, all that serve, help and write behind."""
    if first is None:
        return 0.0
    ticks = 0
    for process in _PROCESSES.iterdir():
        status = _status(process) if process.name.isdigit() else []
        if status and process.name == str(first):
            ticks += sum(map(int, status[11:15]))  # its own, and of its children that ended
        elif status and int(status[1]) == first:
            ticks += sum(map(int, status[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def _status(process: Path) -> list[str]:
    """Return what /proc tells of a process from its state on; nothing of one that is gone."""
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []

"""Connections at rest, shared by the threads of a process: what was used last is taken first.

Were each of a server's threads to keep one of its own, a few clients would make the rounds of all of them, and of as
many processes of PostgreSQL whose caches are cold. A process that serves by threads says so once, by `share`.
"""

import os
from collections import defaultdict
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Any

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Rest:
    """The driver's connection, and when it is old (by `monotonic`); None: never."""

    driver: Any
    close_at: float | None

    @property
    def is_old(self) -> bool:
        return self.close_at is not None and monotonic() >= self.close_at


class Resting:
    """The connections of one process, by alias and database."""

    def __init__(self) -> None:
        self.shared = False
        self._lock = Lock()
        self._kept: dict[Key, list[Rest]] = defaultdict(list)
        # What a process was forked with is its parent's: neither used nor closed, for both would be heard there.
        self._of_parents: list[object] = []

    def put(self, key: Key, rest: Rest) -> None:
        """Let a connection rest, and close the one that rested longest if it is old."""
        with self._lock:
            kept = self._kept[key]
            kept.append(rest)
            oldest = kept.pop(0) if kept[0].is_old else None
        if oldest is not None:
            oldest.driver.close()

    def take(self, key: Key) -> Rest | None:
        """Return the connection that was used last, if one rests."""
        with self._lock:
            kept = self._kept[key]
            return kept.pop() if kept else None

    def forget(self) -> None:
        """Leave all to the parent, in a process that was just forked."""
        self._of_parents.append(self._kept)
        self._lock, self._kept = Lock(), defaultdict(list)


resting = Resting()
os.register_at_fork(after_in_child=resting.forget)


def share() -> None:
    """Have this process's threads share connections from now on."""
    resting.shared = True

"""Seats: how many requests of one brand a process runs at once, so that slow ones leave threads to the others."""

from collections import Counter
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from threading import Condition

from cxplatform.throttle.buckets import RateLimited

# A burst of quick requests has its seats by then; a flood of slow ones is told to come again.
_WAIT_SECONDS = 0.5


class Seats:
    """So many seats for each."""

    def __init__(self) -> None:
        self._taken: Counter[Hashable] = Counter()
        self._freed = Condition()

    @contextmanager
    def of(self, whose: Hashable, seats: int) -> Iterator[None]:
        """Hold a seat. Raises: RateLimited, when none became free within a moment."""
        with self._freed:
            if not self._freed.wait_for(lambda: self._taken[whose] < seats, _WAIT_SECONDS):
                raise RateLimited(
                    f"{seats} requests are being answered at once; let fewer wait.", retry_after_seconds=1
                )
            self._taken[whose] += 1
        try:
            yield
        finally:
            with self._freed:
                self._taken[whose] -= 1
                if not self._taken[whose]:
                    del self._taken[whose]
                self._freed.notify_all()

"""How much somebody may say in a while."""

from collections.abc import Callable
from time import monotonic


class Allowance:
    """A bucket that holds `most` and fills by `a_second`."""

    def __init__(self, most: float, a_second: float, clock: Callable[[], float] = monotonic) -> None:
        self._most = most
        self._a_second = a_second
        self._clock = clock
        self._left = most
        self._at = clock()

    def take(self) -> bool:
        """Take one; False when there is none."""
        now = self._clock()
        self._left = min(self._left + (now - self._at) * self._a_second, self._most)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True

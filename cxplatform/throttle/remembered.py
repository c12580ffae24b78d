"""What a process remembers of credentials for a while, by their hash: who is no stranger, and who was told to wait."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from time import monotonic

_KEPT = 10_000


def digest(*parts: str | None) -> bytes:
    """Return what stands for a credential, so that none is kept itself."""
    return hashlib.blake2b("\0".join(part or "" for part in parts).encode("utf-8", "replace"), digest_size=16).digest()


class Remembered:
    """Digests, each until a moment; bounded, the oldest forgotten first."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._until: OrderedDict[bytes, float] = OrderedDict()
        self._lock = Lock()

    def keep(self, what: bytes, seconds: float) -> None:
        """Remember for so long from now."""
        with self._lock:
            self._until[what] = self._clock() + seconds
            self._until.move_to_end(what)
            while len(self._until) > _KEPT:
                self._until.popitem(last=False)

    def forget(self, what: bytes) -> None:
        """Forget now."""
        with self._lock:
            self._until.pop(what, None)

    def left(self, what: bytes) -> float:
        """Tell for how many seconds more it is remembered; 0 when it is not."""
        return max(self._until.get(what, 0.0) - self._clock(), 0.0)

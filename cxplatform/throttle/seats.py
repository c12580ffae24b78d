"""Seats: how many requests of one brand a process runs at once, so that the others have threads and processor."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import inf
from threading import Condition
from time import monotonic

from cxplatform.throttle.buckets import RateLimited

# A burst of quick requests has its seats by then; a flood of slow ones is told to come again.
_WAIT_SECONDS = 1.0
# What runs for longer waits for the database rather than for the processor, and so keeps nobody waiting.
_QUICK_SECONDS = 0.1
# Whoever asked within so long is there; and what was spent so long ago counts half.
_THERE_SECONDS = 5.0


@dataclass
class _Brand:
    """When it asked last, when each request that is being answered began, and how long its answers took lately."""

    asked_at: float
    begun: list[float] = field(default_factory=list)
    spent: float = 0.0

    @property
    def quick_until(self) -> float:
        """When the last that began will have proved not to be a quick one."""
        return self.begun[-1] + _QUICK_SECONDS if self.begun else -inf


class Seats:
    """So many seats for each. While others are there they are taken one by one, and by those first who had least.

    Python runs one thread at a time: six requests of one brand at once would make each of another's take seven times as
    long. So what begins beside others begins when the one before it is done, or has proved not to be a quick one; and
    whoever had more lately waits in the same way for those who had less, but they for nobody.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        # Last who asked last.
        self._there: OrderedDict[Hashable, _Brand] = OrderedDict()
        self._changed = Condition()

    @contextmanager
    def of(self, whose: Hashable, seats: int) -> Iterator[None]:
        """Hold a seat. Raises: RateLimited, when none was to be had within a moment."""
        with self._changed:
            brand = self._arrived(whose)
            began = self._sit(brand, seats)
        try:
            yield
        finally:
            with self._changed:
                brand.begun.remove(began)
                brand.spent += self._clock() - began
                self._changed.notify_all()

    def _arrived(self, whose: Hashable) -> _Brand:
        """Note that somebody is there, and forget who no longer is."""
        now = self._clock()
        brand = self._there.setdefault(whose, _Brand(now))
        brand.spent *= 0.5 ** ((now - brand.asked_at) / _THERE_SECONDS)
        brand.asked_at = now
        self._there.move_to_end(whose)
        for other, gone in list(self._there.items()):
            if now - gone.asked_at <= _THERE_SECONDS:
                break
            if not gone.begun:
                del self._there[other]
        return brand

    def _sit(self, brand: _Brand, seats: int) -> float:
        now = self._clock()
        deadline = now + _WAIT_SECONDS
        while (free_at := self._free_at(brand, seats, now)) > now:
            if now >= deadline:
                raise RateLimited("Much is being answered already; let fewer wait.", retry_after_seconds=1)
            self._changed.wait(min(free_at, deadline) - now)
            now = self._clock()
        brand.begun.append(now)
        return now

    def _free_at(self, brand: _Brand, seats: int, now: float) -> float:
        """Return when there will be a seat, if nobody leaves before."""
        if len(brand.begun) >= seats:
            return inf
        others = [each for each in self._there.values() if each is not brand]
        if all(now - other.asked_at > _THERE_SECONDS for other in others):
            return now
        before = [other for other in others if other.spent < brand.spent]
        return max(other.quick_until for other in (brand, *before))

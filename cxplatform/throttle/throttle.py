"""Take points where all processes see it, or in this process alone while that cannot be reached."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from time import monotonic

from django.conf import settings

from cxplatform.throttle.buckets import Bucket, RateLimited, Taken, names_of
from cxplatform.throttle.local import LocalBuckets
from cxplatform.throttle.shared import Away, SharedBuckets

logger = logging.getLogger(__name__)

# How long Valkey is left alone after it did not answer.
_PAUSE_SECONDS = 2.0


@dataclass
class Charge:
    """Points that were taken, and what was left then."""

    buckets: Sequence[Bucket]
    points: int
    available: tuple[int, ...]
    give: Callable[[Sequence[Bucket], float], object]

    def refund(self, points: int) -> None:
        """Give back what was not needed."""
        if points > 0:
            self.give(self.buckets, points)

    def after(self, refunded: int) -> tuple[int, ...]:
        """Tell what is left in each bucket once so much is given back."""
        return tuple(
            min(left + refunded, bucket.capacity) for left, bucket in zip(self.available, self.buckets, strict=True)
        )


class Throttle:
    """One process's way to the buckets."""

    def __init__(self, url: str, clock: Callable[[], float] = monotonic) -> None:
        self._shared = SharedBuckets(url) if url else None
        self._local = LocalBuckets()
        self._clock = clock
        self._away_until = 0.0

    def charge(self, buckets: Sequence[Bucket], points: int) -> Charge:
        """Take points from all of the buckets. Raises: RateLimited, having taken none."""
        taken, give = self._take(buckets, points)
        if taken.wait_seconds > 0:
            seconds = max(ceil(taken.wait_seconds), 1)
            raise RateLimited(
                f"Too much was asked for in too short a time ({names_of(buckets)}); try again in {seconds} s.",
                retry_after_seconds=seconds,
            )
        return Charge(buckets, points, taken.available, give)

    def _take(
        self, buckets: Sequence[Bucket], points: int
    ) -> tuple[Taken, Callable[[Sequence[Bucket], float], object]]:
        if self._shared is not None and self._clock() >= self._away_until:
            try:
                return self._shared.take(buckets, points), self._shared.give
            except Away as error:
                self._away_until = self._clock() + _PAUSE_SECONDS
                logger.warning("throttled by this process alone: %s", type(error.__cause__).__name__)
        local = self._local
        return local.take(buckets, points), lambda back, count: local.take(back, -count)


@lru_cache(maxsize=1)
def _throttle(url: str) -> Throttle:
    return Throttle(url)


def throttle() -> Throttle:
    """Return this process's throttle."""
    return _throttle(settings.CACHE_URL)

"""Buckets in this process's memory: for installations without Valkey, and for while it is away."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from threading import Lock
from time import monotonic

from cxplatform.throttle.buckets import Bucket, Taken

# Whoever was charged longest ago is forgotten first: its bucket counts as full.
_KEPT = 10_000


class LocalBuckets:
    """The same arithmetic as the script's in Valkey: of each bucket is kept when it will be full again."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._full_at: OrderedDict[str, float] = OrderedDict()
        self._lock = Lock()

    def take(self, buckets: Sequence[Bucket], points: float) -> Taken:
        """Take points from all buckets or from none; negative points are given back."""
        with self._lock:
            now = self._clock()
            owed = [self._owed(bucket, now) for bucket in buckets]
            after = [max(debt + min(points, bucket.capacity), 0) for debt, bucket in zip(owed, buckets, strict=True)]
            wait = max(
                max(debt - bucket.capacity, 0) / bucket.a_second for debt, bucket in zip(after, buckets, strict=True)
            )
            if wait == 0:
                owed = after
                for bucket, debt in zip(buckets, after, strict=True):
                    self._keep(bucket, now + debt / bucket.a_second)
            left = [int(bucket.capacity - debt) for debt, bucket in zip(owed, buckets, strict=True)]
            return Taken(wait, tuple(left))

    def _owed(self, bucket: Bucket, now: float) -> float:
        missing = (self._full_at.get(bucket.name, now) - now) * bucket.a_second
        return min(max(missing, 0), bucket.capacity)

    def _keep(self, bucket: Bucket, full_at: float) -> None:
        self._full_at[bucket.name] = full_at
        self._full_at.move_to_end(bucket.name)
        while len(self._full_at) > _KEPT:
            self._full_at.popitem(last=False)

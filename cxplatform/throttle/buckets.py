"""Buckets of points as values: how much one holds, how fast it fills again, and what was found in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from cxplatform.errors import DomainError


@dataclass(frozen=True)
class Bucket:
    """`name` is unique among all and carries the schema it belongs to; `kind` is what a client is told."""

    kind: str
    name: str
    capacity: int
    a_second: float


@dataclass(frozen=True)
class Taken:
    """What an attempt to take points found: how long to wait until it would succeed (0: it did), and what is left."""

    wait_seconds: float
    available: tuple[int, ...]


class RateLimited(DomainError):
    """Too much was asked for in too short a time."""

    code = "RATE_LIMITED"

    def __init__(self, message: str, *, retry_after_seconds: int) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds


def names_of(buckets: Sequence[Bucket]) -> str:
    """Name buckets for a message."""
    return " and ".join(bucket.kind for bucket in buckets)

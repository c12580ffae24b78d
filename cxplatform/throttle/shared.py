"""Buckets in Valkey, shared by all processes: one round trip to take, none to give back, and never a long wait."""

import os
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import redis
from redis.exceptions import NoScriptError, RedisError, ResponseError

from cxplatform.throttle.buckets import Bucket, Taken
from cxplatform.throttle.script import SHA, TAKE

# Valkey answers in less than a millisecond; what takes longer is away.
_TIMEOUT_SECONDS = 0.2

Arguments = tuple[Any, ...]


class Away(Exception):
    """Valkey did not answer."""


class SharedBuckets:
    """A connection for each thread, spoken to directly: redis-py's client costs several times as much a call."""

    def __init__(self, url: str) -> None:
        self._pool = redis.ConnectionPool.from_url(
            url, socket_timeout=_TIMEOUT_SECONDS, socket_connect_timeout=_TIMEOUT_SECONDS, protocol=2
        )
        self._lines = threading.local()

    def take(self, buckets: Sequence[Bucket], points: float) -> Taken:
        """Take points from all buckets or from none. Raises: Away."""
        arguments = _arguments(buckets, points)
        line = self._line()
        try:
            line.send("EVALSHA", SHA, arguments)
            try:
                found = line.answer()
            except NoScriptError:
                line.send("EVAL", TAKE, arguments)
                found = line.answer()
        except (RedisError, OSError) as error:
            line.hang_up()
            raise Away from error
        return Taken(found[0] / 1000, tuple(found[1:]))

    def give(self, buckets: Sequence[Bucket], points: float) -> None:
        """Give points back without waiting for an answer; what is lost by it fills again by itself."""
        line = self._line()
        try:
            line.send("EVALSHA", SHA, _arguments(buckets, -points))
        except (RedisError, OSError):
            line.hang_up()

    def _line(self) -> "_Line":
        line: _Line | None = getattr(self._lines, "line", None)
        if line is None or line.process != os.getpid():
            line = self._lines.line = _Line(self._pool.make_connection())
        return line


class _Line:
    """One thread's connection, and how many answers on it nobody has read yet."""

    def __init__(self, connection: Any) -> None:
        self.process = os.getpid()
        self._connection = connection
        self._unread = 0

    def send(self, command: str, script: str, arguments: Arguments) -> None:
        if self._unread > 1:
            self._read_old()
        self._connection.send_command(command, script, *arguments)
        self._unread += 1

    def answer(self) -> list[int]:
        """Return the last answer, having read those nobody waited for."""
        while self._unread > 1:
            self._read_old()
        self._unread -= 1
        found: list[int] = self._connection.read_response()
        return found

    def _read_old(self) -> None:
        self._unread -= 1
        with suppress(ResponseError):
            self._connection.read_response()

    def hang_up(self) -> None:
        self._unread = 0
        self._connection.disconnect()


def _arguments(buckets: Sequence[Bucket], points: float) -> Arguments:
    sizes = [part for bucket in buckets for part in (bucket.capacity, bucket.a_second)]
    return (len(buckets), *(bucket.name for bucket in buckets), points, *sizes)

"""A connection to the very address that was checked, and a time when all reading and writing ends."""

import io
import ipaddress
import socket
import ssl
import threading
import time
from enum import StrEnum
from typing import Any
from urllib.parse import SplitResult

from django.conf import settings

from cxplatform.webhooks.addresses import Address, Network, is_allowed, may_reach


class Why(StrEnum):
    """Why nothing was sent, or no answer came."""

    BAD_URL = "BAD_URL"
    NOT_HTTPS = "NOT_HTTPS"
    FORBIDDEN_ADDRESS = "FORBIDDEN_ADDRESS"
    UNKNOWN_NAME = "UNKNOWN_NAME"
    UNREACHABLE = "UNREACHABLE"
    TLS_FAILED = "TLS_FAILED"
    TIMED_OUT = "TIMED_OUT"
    BAD_ANSWER = "BAD_ANSWER"


class NotSent(Exception):
    """Carry only why: what the other side said may be anything."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


class Held:
    """A socket every read and write of which ends when the time is up, however little comes at a time."""

    def __init__(self, held: socket.socket, until: float) -> None:
        self._socket = held
        self._until = until

    def __enter__(self) -> "Held":
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def sendall(self, data: bytes) -> None:
        self._socket.settimeout(_left(self._until))
        self._socket.sendall(data)

    def makefile(self, *_: object, **__: object) -> io.BufferedReader:
        return io.BufferedReader(_Reader(self._socket, self._until))

    def close(self) -> None:
        """Leave it to `__exit__`: the answer is still being read."""


class _Reader(io.RawIOBase):
    def __init__(self, held: socket.socket, until: float) -> None:
        self._socket = held
        self._until = until

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._socket.settimeout(_left(self._until))
        return self._socket.recv_into(buffer)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def connected(split: SplitResult, until: float) -> Held:
    host = str(split.hostname)
    port = split.port or usual_port(split)
    address = _checked(_resolved(host, port, until), plain=split.scheme == "http")
    connection = socket.create_connection((str(address), port), timeout=_left(until))
    if split.scheme == "http":
        return Held(connection, until)
    try:
        connection.settimeout(_left(until))
        return Held(ssl.create_default_context().wrap_socket(connection, server_hostname=host), until)
    except BaseException:
        connection.close()
        raise


def usual_port(split: SplitResult) -> int:
    return 443 if split.scheme == "https" else 80


def _checked(found: list[str], *, plain: bool) -> Address:
    """Take the first address, if all may be reached: a name that leads inside as well is nobody's honest receiver."""
    allowed: list[Network] = [ipaddress.ip_network(network) for network in settings.CX_WEBHOOK_ALLOWED_NETWORKS]
    addresses = [ipaddress.ip_address(text.partition("%")[0]) for text in found]
    if not addresses:
        raise NotSent(Why.UNKNOWN_NAME)
    if not all(may_reach(address, allowed) for address in addresses):
        raise NotSent(Why.FORBIDDEN_ADDRESS)
    if plain and not all(is_allowed(address, allowed) for address in addresses):
        raise NotSent(Why.NOT_HTTPS)
    return addresses[0]


def resolve(host: str, port: int) -> list[str]:
    """Say all addresses of a name. Tests put their own in place."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def _resolved(host: str, port: int, until: float) -> list[str]:
    """Look a name up beside this thread: the system's resolver knows no time limit of ours."""
    answers: list[list[str]] = []

    def look_up() -> None:
        try:
            answers.append(resolve(host, port))
        except (OSError, UnicodeError):
            answers.append([])

    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(_left(until))
    if not answers:
        raise NotSent(Why.TIMED_OUT)
    return answers[0]

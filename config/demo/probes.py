"""How to tell that a program does its work, not merely that it runs."""

import http.client
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

from celery import Celery
from kombu.exceptions import KombuError

from cxplatform.embedded.ports import LOOPBACK


def answers_http(port: int) -> Callable[[], bool]:
    """Return a probe that asks `/healthz`."""

    def probe() -> bool:
        connection = http.client.HTTPConnection(LOOPBACK, port, timeout=2)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    return probe


def answers_pings(broker_url: str, worker: str) -> Callable[[], bool]:
    """Return a probe that asks a worker at the broker."""
    asking = Celery(broker=broker_url, set_as_current=False)

    def probe() -> bool:
        try:
            return bool(asking.control.broadcast("ping", destination=[worker], reply=True, timeout=0.5, limit=1))
        except (OSError, KombuError):
            return False

    return probe


def logs(text: str, log_file: Path) -> Callable[[], bool]:
    """Return a probe that waits for words written to the log from now on."""
    start = log_file.stat().st_size if log_file.exists() else 0

    def probe() -> bool:
        if not log_file.exists():
            return False
        with log_file.open("rb") as log:
            log.seek(start)
            return text.encode() in log.read()

    return probe

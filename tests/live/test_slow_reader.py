"""A client that stops reading, or sending, is given up: it grows no memory, delays nobody and keeps no connection."""

import json
import os
import socket as sockets
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.flows.programs import eventually
from tests.live.conftest import Following
from tests.live.processes import LiveProcess, live_process
from tests.live.speaking import hear, open_socket, sign_in, subscribe
from tests.live.test_hostile_sockets import TEXT, frame, raw_socket
from tests.live.test_sse import half_sent
from tests.live.test_websocket import FOLLOW

LARGE = "{ __schema { types { name description fields { name description args { name description } } } } }"
ASKED = 45


@pytest.fixture(scope="module")
def process(django_db_setup: None) -> Iterator[LiveProcess]:
    with live_process("tests.live.impatient:application") as process:
        yield process


def megabytes(pid: int) -> float:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def read_to_the_end(opened: sockets.socket) -> int:
    """Read what is left; how many bytes until the server's end of it."""
    read = 0
    try:
        while chunk := opened.recv(65_536):
            read += len(chunk)
    except ConnectionResetError:
        pass
    return read


def is_closed_by_the_server(opened: sockets.socket) -> bool:
    """Tell whether the other end is closed, by the system's table: what was sent before waits to be read still."""
    ours, theirs = (f":{port:04X}" for _, port in (opened.getsockname(), opened.getpeername()))
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()]
    established = "01"
    return not any(
        local.endswith(theirs) and remote.endswith(ours) and state == established
        for _, local, remote, state, *_ in lines
    )


def tell(opened: sockets.socket, **message: Any) -> None:
    opened.sendall(frame(TEXT, json.dumps(message).encode()))


def test_a_client_that_does_not_read_is_given_up_and_delays_nobody(
    process: LiveProcess, following: dict[str, Following]
) -> None:
    acme = following["acme"]
    with open_socket(process.url) as innocent, closing(raw_socket(process.url, receive_buffer=65_536)) as deaf:
        sign_in(innocent, acme.token)
        subscribe(innocent, LARGE, "large")
        size = len(json.dumps(hear(innocent)))
        subscribe(innocent, FOLLOW, "small", id=acme.job_id)
        before = megabytes(process.worker_pid)
        tell(deaf, type="connection_init", payload={"authorization": f"Bearer {acme.token}"})
        for number in range(ASKED):
            tell(deaf, type="subscribe", id=str(number), payload={"query": LARGE})
        for rows in range(1, 6):
            acme.change(rows=rows, accepted=rows)
            while hear(innocent).get("payload", {}).get("data", {}).get("importJobProgressed", {}).get("rows") != rows:
                pass
        grown = megabytes(process.worker_pid) - before
        eventually(lambda: is_closed_by_the_server(deaf), seconds=60)
        read = read_to_the_end(deaf)

    assert size > 50_000
    # The answer is the whole schema, which grows: to make one takes a few times its text.
    assert grown < 4 * ASKED * size / 2**20
    assert read < size * ASKED / 2


def test_a_body_that_takes_too_long_is_the_clients_fault(process: LiveProcess, following: dict[str, Following]) -> None:
    response = half_sent(process.url, following["acme"].token).getresponse()

    assert response.status == 400
    (error,) = json.loads(response.read())["errors"]
    assert error["extensions"] == {"code": "BAD_USER_INPUT"}

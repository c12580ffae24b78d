"""A client that stops reading is given up: it grows no memory, delays nobody and keeps no connection."""

import json
import os
import socket as sockets
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cxplatform.graphql.live.outlet import SEND_SECONDS
from tests.live.conftest import Following
from tests.live.processes import LiveProcess, live_process
from tests.live.speaking import hear, open_socket, sign_in, subscribe
from tests.live.test_hostile_sockets import TEXT, frame, raw_socket
from tests.live.test_websocket import FOLLOW

LARGE = "{ __schema { types { name description fields { name description args { name description } } } } }"
ASKED = 45


@pytest.fixture
def process(committed: None) -> Iterator[LiveProcess]:
    with live_process() as process:
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
        time.sleep(SEND_SECONDS + 5)
        deaf.settimeout(20)
        read = read_to_the_end(deaf)

    assert size > 50_000
    # The answer is the whole schema, which grows: to make one takes a few times its text.
    assert grown < 4 * ASKED * size / 2**20
    assert read < size * ASKED / 2

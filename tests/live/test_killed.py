"""A live process that is killed: its clients come back, are told the present state, and so miss nothing in the end."""

import os
import signal
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.live.conftest import Following
from tests.live.processes import LiveProcess, live_process, wait_until_healthy
from tests.live.speaking import closed_with, hear, open_socket, sign_in, subscribe
from tests.live.test_sse import events_of, follow_by_sse

FOLLOW = "subscription($id: ID!) { importJobProgressed(id: $id) { rows } }"


@pytest.fixture
def mortal(committed: None) -> Iterator[LiveProcess]:
    with live_process() as process:
        yield process


def test_clients_of_a_killed_process_come_back_and_miss_nothing_in_the_end(
    mortal: LiveProcess, following: dict[str, Following]
) -> None:
    acme = following["acme"]
    with (
        open_socket(mortal.url) as socket,
        closing(follow_by_sse(mortal.url, acme.token, acme.job_id)) as stream,
    ):
        sign_in(socket, acme.token)
        subscribe(socket, FOLLOW, id=acme.job_id)
        assert hear(socket)["payload"]["data"]["importJobProgressed"]["rows"] == 0
        assert next(events_of(stream))[0] == "next"
        os.kill(mortal.worker_pid, signal.SIGKILL)
        assert closed_with(socket) is None
        assert list(events_of(stream)) == []
    acme.change(rows=5, accepted=5)
    acme.change(rows=9, accepted=9)
    wait_until_healthy(mortal.url, mortal.server)

    with open_socket(mortal.url) as again:
        sign_in(again, acme.token)
        subscribe(again, FOLLOW, id=acme.job_id)
        assert hear(again)["payload"]["data"]["importJobProgressed"]["rows"] == 9
        acme.change(rows=10, accepted=10)
        assert hear(again)["payload"]["data"]["importJobProgressed"]["rows"] == 10
    _, first = next(events_of(follow_by_sse(mortal.url, acme.token, acme.job_id)))
    assert first["data"]["importJobProgressed"]["rows"] == 10

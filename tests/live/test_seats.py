"""Sockets are counted by process, address, brand and key; who finds no seat may come again, and leaves none taken."""

from collections.abc import Iterator
from typing import Any

import pytest

from cxplatform.graphql.live.bound import Bound, Credential
from cxplatform.graphql.live.seats import Full, Seats
from cxplatform.ids import uuid7
from tests.live.processes import LiveProcess, live_process
from tests.live.speaking import closed_with, hear, open_socket, say, seated, sign_in
from tests.live.test_sse import follow_by_sse

NOBODY = Credential(None, None, None)


def test_a_seat_is_free_again_when_it_is_left(settings: Any) -> None:
    settings.CX_LIVE_SOCKETS_PER_KEY = 1
    seats, somebody = Seats(), Bound(NOBODY, (uuid7(), uuid7()))

    for _ in range(3):
        with seats.of(somebody), pytest.raises(Full, match="this key"), seats.of(somebody):
            pass


def test_one_brand_takes_no_seat_of_another(settings: Any) -> None:
    settings.CX_LIVE_SOCKETS_PER_BRAND = 1
    seats, ours, theirs = Seats(), uuid7(), uuid7()

    with (
        seats.of(Bound(NOBODY, (uuid7(), ours))),
        seats.of(Bound(NOBODY, (uuid7(), theirs))),
        pytest.raises(Full, match="this brand"),
        seats.of(Bound(NOBODY, (uuid7(), ours))),
    ):
        pass


@pytest.fixture(scope="module")
def small_process(django_db_setup: None) -> Iterator[LiveProcess]:
    with live_process(CX_LIVE_SOCKETS_PER_KEY="2", CX_LIVE_STRANGERS_PER_ADDRESS="3") as process:
        yield process


def test_a_socket_and_a_stream_too_many_are_told_to_come_again(small_process: LiveProcess, following: Any) -> None:
    url, acme, globex = small_process.url, following["acme"], following["globex"]
    with open_socket(url) as first, open_socket(url) as second, open_socket(url) as third:
        sign_in(first, acme.token)
        sign_in(second, acme.token)
        say(third, type="connection_init", payload={"authorization": f"Bearer {acme.token}"})
        assert closed_with(third) == 1013
        assert follow_by_sse(url, acme.token, acme.job_id).status == 429
        with open_socket(url) as other:
            sign_in(other, globex.token)
        first.close()
        with seated(url, acme.token) as again:
            say(again, type="ping")
            assert hear(again) == {"type": "pong"}


def test_strangers_fill_no_more_than_their_own_seats(small_process: LiveProcess, following: Any) -> None:
    url = small_process.url
    with open_socket(url), open_socket(url), open_socket(url) as last, open_socket(url) as too_many:
        assert closed_with(too_many) == 1013
        sign_in(last, following["acme"].token)
        with open_socket(url) as next_one:
            sign_in(next_one, following["globex"].token)

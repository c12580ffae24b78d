"""Signed-in clients that stall or drip a body: they may hold a few threads, and nobody else notices."""

import time
from contextlib import ExitStack
from http.client import HTTPResponse
from select import select
from socket import socket
from threading import Thread

import orjson
import pytest

from cxplatform.graphql import body_seats
from cxplatform.graphql.body_seats import SEATS, SEATS_OF_A_CALLER, BodySeats, TooManyBodies
from cxplatform.throttle.buckets import RateLimited
from tests.flows.programs import eventually
from tests.security.conftest import Web
from tests.security.web import ME, answered, asked, head, role_told, sent

LENGTH, CHUNKED = f"Content-Length: {len(ME)}", "Transfer-Encoding: chunked"


@pytest.mark.parametrize("framing", [LENGTH, CHUNKED])
def test_twenty_stalled_bodies_of_one_brand_keep_another_brand_waiting_for_nothing(
    server: Web, keys: dict[str, str], framing: str
) -> None:
    assert asked(server.port, keys["acme"])[0] == 200
    with ExitStack() as open_sockets:
        stalled = [open_sockets.enter_context(sent(server.port, head(keys["globex"], framing))) for _ in range(20)]
        # Whoever waits for the stalled waits for ever: they hang up only below.
        for _ in range(10):
            assert role_told(server.port, keys["acme"]) == (200, {"me": {"role": "BRAND_ADMIN"}})
        eventually(lambda: len(told(stalled)) >= len(stalled) - SEATS_OF_A_CALLER, seconds=60)
        refused = [refusal(client) for client in told(stalled)]

        assert len(refused) == len(stalled) - SEATS_OF_A_CALLER
        assert set(refused) == {(429, "RATE_LIMITED", "1")}
    eventually(lambda: asked(server.port, keys["globex"])[0] == 200, seconds=60)


def test_a_body_that_drips_is_read_to_its_end_while_others_are_answered(server: Web, keys: dict[str, str]) -> None:
    with sent(server.port, head(keys["globex"], LENGTH)) as client:
        for at in range(len(ME)):
            client.sendall(ME[at : at + 1])
            assert asked(server.port, keys["acme"])[0] == 200
        assert answered(client)[0] == 200


def test_strangers_are_refused_unread(server: Web, keys: dict[str, str]) -> None:
    stalled = [sent(server.port, head("cx_unknown_key", CHUNKED)) for _ in range(40)]

    assert asked(server.port, keys["acme"])[0] == 200
    assert {answered(client)[0] for client in stalled} == {401}


def test_a_seat_is_waited_for_a_moment_and_then_refused() -> None:
    seats = BodySeats()
    with seats.seat("one"), seats.seat("one"):
        with pytest.raises(RateLimited), seats.seat("one"):
            pass
        with seats.seat("two"):
            pass

    with seats.seat("one"):
        pass


def test_a_caller_without_a_seat_is_told_to_wait_for_its_own_and_503_for_those_of_others() -> None:
    seats = BodySeats()
    assert SEATS == 2 * SEATS_OF_A_CALLER

    with seats.seat("one"), seats.seat("one"), seats.seat("two"), seats.seat("two"):
        with pytest.raises(TooManyBodies), seats.seat("three"):
            pass
        with pytest.raises(RateLimited), seats.seat("two"):
            pass


def test_one_who_finds_all_seats_taken_by_others_is_told_503(server: Web, keys: dict[str, str]) -> None:
    with ExitStack() as open_sockets:
        for brand in ("acme", "globex") * SEATS_OF_A_CALLER:
            open_sockets.enter_context(sent(server.port, head(keys[brand], LENGTH)))
        # As soon as all of them have come.
        eventually(lambda: asked(server.port, keys["provider"])[0] == 503, seconds=60)

        _, answer = asked(server.port, keys["provider"])

    assert answer["errors"][0]["extensions"]["code"] == "UNAVAILABLE"


def test_a_crowd_of_quick_bodies_of_one_caller_is_let_in_one_after_the_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(body_seats, "_PATIENCE_SECONDS", 60.0)
    seats, served = BodySeats(), []

    def read() -> None:
        with seats.seat("one"):
            time.sleep(0.002)
            served.append(1)

    crowd = [Thread(target=read) for _ in range(8)]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join()

    assert len(served) == 8


def refusal(client: socket) -> tuple[int, str, str | None]:
    """Read a refusal: its status, its code, and when to try again."""
    with HTTPResponse(client, method="POST") as response:
        response.begin()
        (error,) = orjson.loads(response.read())["errors"]
        return response.status, error["extensions"]["code"], response.getheader("Retry-After")


def told(clients: list[socket]) -> list[socket]:
    """Return those whose answers have come."""
    return select(clients, [], [], 0)[0]

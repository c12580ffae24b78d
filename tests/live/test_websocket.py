"""graphql-transport-ws, spoken by a real client to a real process."""

import json
import time
from math import inf
from typing import Any

import pytest
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from cxplatform.graphql.live.following import GATHER_SECONDS, POLL_SECONDS
from tests.live.conftest import Following
from tests.live.speaking import closed_with, hear, open_socket, say, sign_in, subscribe

FOLLOW = "subscription($id: ID!) { importJobProgressed(id: $id) { id state rows accepted } }"
Followings = dict[str, Following]
# Who polls hears of it later, for what is slept was of its time, too.
AT_ONCE_SECONDS = 0.75 * POLL_SECONDS - GATHER_SECONDS - 0.2


def follow(socket: ClientConnection, job_id: str, operation: str = "1") -> None:
    subscribe(socket, FOLLOW, operation, id=job_id)


def test_an_import_is_followed_until_it_is_done(live_url: str, following: Followings) -> None:
    acme = following["acme"]
    with open_socket(live_url) as socket:
        sign_in(socket, acme.token, brand="acme")
        follow(socket, acme.job_id)
        first = hear(socket)
        acme.change(rows=5, accepted=5)
        second = hear(socket)
        acme.change(state="DONE")
        third, last = hear(socket), hear(socket)

    states = [message["payload"]["data"]["importJobProgressed"] for message in (first, second, third)]
    assert states == [
        {"id": acme.job_id, "state": "RUNNING", "rows": 0, "accepted": 0},
        {"id": acme.job_id, "state": "RUNNING", "rows": 5, "accepted": 5},
        {"id": acme.job_id, "state": "DONE", "rows": 5, "accepted": 5},
    ]
    assert last == {"id": "1", "type": "complete"}


def test_a_wake_up_is_heard_at_once(live_url: str, following: Followings) -> None:
    acme = following["acme"]
    delays: list[float] = []
    with open_socket(live_url) as socket:
        sign_in(socket, acme.token)
        follow(socket, acme.job_id)
        hear(socket)
        # Of a few tries one has to be undisturbed by the machine.
        while min(delays, default=inf) >= AT_ONCE_SECONDS and len(delays) < 20:
            time.sleep(GATHER_SECONDS + 0.1)
            began = time.monotonic()
            acme.change(rows=len(delays) + 1, accepted=len(delays) + 1)
            hear(socket)
            delays.append(time.monotonic() - began)

    assert min(delays) < AT_ONCE_SECONDS, delays


def test_two_sockets_of_two_brands_hear_their_own(live_url: str, following: Followings) -> None:
    acme, globex = following["acme"], following["globex"]
    with open_socket(live_url) as ours, open_socket(live_url) as theirs:
        for socket, who in ((ours, acme), (theirs, globex)):
            sign_in(socket, who.token)
            follow(socket, who.job_id)
            assert hear(socket)["payload"]["data"]["importJobProgressed"]["id"] == who.job_id
        for rows in range(1, 9):
            for who, factor in ((acme, 1), (globex, 1000)):
                who.change(rows=rows * factor, accepted=rows * factor)
            assert hear(ours)["payload"]["data"]["importJobProgressed"]["rows"] == rows
            assert hear(theirs)["payload"]["data"]["importJobProgressed"]["rows"] == rows * 1000


def test_another_brands_import_is_not_found(live_url: str, following: Followings) -> None:
    acme, globex = following["acme"], following["globex"]
    with open_socket(live_url) as socket:
        sign_in(socket, acme.token)
        follow(socket, globex.job_id)
        refused = hear(socket)
        follow(socket, acme.job_id, "2")
        allowed = hear(socket)

    assert (refused["id"], refused["type"]) == ("1", "error")
    assert [error["extensions"]["code"] for error in refused["payload"]] == ["NOT_FOUND"]
    assert allowed["payload"]["data"]["importJobProgressed"]["id"] == acme.job_id


def test_another_brand_cannot_be_chosen(live_url: str, following: Followings) -> None:
    with open_socket(live_url) as socket:
        token = following["acme"].token
        say(socket, type="connection_init", payload={"authorization": f"Bearer {token}", "brand": "globex"})

        assert closed_with(socket) == 4403


def test_a_revoked_key_hears_no_more(live_url: str, following: Followings) -> None:
    from django.utils import timezone

    from apps.accounts.models import ApiKey
    from cxplatform.tenancy.doors import shared_tx

    acme = following["acme"]
    with open_socket(live_url) as socket:
        sign_in(socket, acme.token)
        follow(socket, acme.job_id)
        hear(socket)
        with shared_tx():
            ApiKey.objects.update(revoked_at=timezone.now())
        acme.change(rows=7, accepted=7)
        refused = hear(socket)

    assert refused["type"] == "error"
    assert [error["extensions"]["code"] for error in refused["payload"]] == ["UNAUTHENTICATED"]


def test_queries_are_answered_too(live_url: str, following: Followings) -> None:
    with open_socket(live_url) as socket:
        sign_in(socket, following["globex"].token)
        say(socket, type="subscribe", id="q", payload={"query": "{ brand { slug } }"})

        answered = hear(socket)
        assert (answered["id"], answered["type"]) == ("q", "next")
        assert answered["payload"]["data"] == {"brand": {"slug": "globex"}}
        assert hear(socket) == {"id": "q", "type": "complete"}


def test_a_ping_is_answered_and_a_completed_operation_is_silent(live_url: str, following: Followings) -> None:
    acme = following["acme"]
    with open_socket(live_url) as socket:
        sign_in(socket, acme.token)
        follow(socket, acme.job_id)
        hear(socket)
        say(socket, type="complete", id="1")
        say(socket, type="ping")
        assert hear(socket) == {"type": "pong"}
        follow(socket, acme.job_id, "2")
        assert hear(socket)["id"] == "2"
        acme.change(rows=9, accepted=9)
        # Were the first still followed, it would be told of by the same look.
        assert hear(socket)["id"] == "2"
        say(socket, type="ping")

        assert hear(socket) == {"type": "pong"}


def test_completing_one_operation_leaves_its_neighbour(live_url: str, following: Followings) -> None:
    acme = following["acme"]
    with open_socket(live_url) as socket:
        sign_in(socket, acme.token)
        for operation in ("left", "kept"):
            follow(socket, acme.job_id, operation)
            assert hear(socket)["id"] == operation
        say(socket, type="complete", id="left")
        say(socket, type="ping")
        assert hear(socket) == {"type": "pong"}
        acme.change(rows=4, accepted=4)
        told = hear(socket)
        acme.change(state="DONE")
        last = [hear(socket), hear(socket)]
        say(socket, type="ping")

        assert (told["id"], told["payload"]["data"]["importJobProgressed"]["rows"]) == ("kept", 4)
        assert [(message["id"], message["type"]) for message in last] == [("kept", "next"), ("kept", "complete")]
        assert hear(socket) == {"type": "pong"}


INIT = {"type": "connection_init", "payload": {"authorization": "Bearer nonsense"}}
SUBSCRIBE = {"type": "subscribe", "id": "1", "payload": {"query": "{ me { name } }"}}


@pytest.mark.parametrize(
    ("messages", "code"),
    [
        ([json.dumps(INIT)], 4403),
        (['{"type": "connection_init"}'], 4403),
        ([json.dumps(SUBSCRIBE)], 4401),
        (["not json"], 4400),
        (["null"], 4400),
        (['{"type": 1}'], 4400),
        (["[" * 100_000], 4400),
        ([b"binary"], 4400),
        (['{"type": "connection_init", "payload": [1]}'], 4400),
        (['"' + "x" * 300_000 + '"'], 1009),
    ],
)
def test_a_socket_that_does_not_speak_the_protocol_is_closed(
    live_url: str, following: Followings, messages: list[str | bytes], code: int
) -> None:
    with open_socket(live_url) as socket:
        for message in messages:
            socket.send(message)

        assert closed_with(socket) == code


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"type": "connection_init"}, 4429),
        ({"type": "unknown"}, 4400),
        ({"type": "subscribe", "payload": {}}, 4400),
        ({"type": "subscribe", "id": "", "payload": {}}, 4400),
    ],
)
def test_a_signed_in_socket_is_held_to_the_protocol_too(
    live_url: str, following: Followings, message: dict[str, Any], code: int
) -> None:
    with open_socket(live_url) as socket:
        sign_in(socket, following["acme"].token)
        say(socket, **message)

        assert closed_with(socket) == code


def test_an_id_is_used_once_at_a_time(live_url: str, following: Followings) -> None:
    acme = following["acme"]
    with open_socket(live_url) as socket:
        sign_in(socket, acme.token)
        follow(socket, acme.job_id)
        hear(socket)
        follow(socket, acme.job_id)

        assert closed_with(socket) == 4409


def test_the_old_protocol_is_not_spoken(live_url: str) -> None:
    with connect(f"ws://{live_url}/graphql/ws", subprotocols=[Subprotocol("graphql-ws")]) as socket:
        assert closed_with(socket) == 4406


def test_a_faulty_document_is_an_error_of_its_operation_alone(live_url: str, following: Followings) -> None:
    acme = following["acme"]
    with open_socket(live_url) as socket:
        sign_in(socket, acme.token)
        for number, payload in enumerate(
            [{"query": "{"}, {"query": "{ unknown }"}, {"query": 1}, "x", {"query": '{ node(id: "\0") { id } }'}]
        ):
            say(socket, type="subscribe", id=str(number), payload=payload)
            message = hear(socket)
            assert (message["id"], message["type"]) == (str(number), "error")
            assert message["payload"][0]["extensions"]["code"] == "BAD_USER_INPUT"
        follow(socket, acme.job_id)
        assert hear(socket)["type"] == "next"


def test_many_followers_hold_no_connection(live_url: str, following: Followings) -> None:
    """Far more subscriptions than worker threads; a newcomer is still answered."""
    acme = following["acme"]
    with open_socket(live_url) as crowd, open_socket(live_url) as newcomer:
        sign_in(crowd, acme.token)
        for number in range(50):
            follow(crowd, acme.job_id, str(number))
        for _ in range(50):
            assert hear(crowd)["type"] == "next"
        sign_in(newcomer, acme.token)
        follow(newcomer, acme.job_id)
        assert hear(newcomer)["type"] == "next"

        follow(crowd, acme.job_id, "one too many")
        assert closed_with(crowd) == 4429

"""graphql-transport-ws, spoken by a real client to a real process."""

import json
import time
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from cxplatform.imports.progress import progress_topic
from cxplatform.tenancy.topics import publish
from tests.live.conftest import Following

PROTOCOL = Subprotocol("graphql-transport-ws")
FOLLOW = "subscription($id: ID!) { importJobProgressed(id: $id) { id state rows accepted } }"
Followings = dict[str, Following]


def _connect(live_url: str) -> ClientConnection:
    return connect(f"ws://{live_url}/graphql/ws", subprotocols=[PROTOCOL])


def _say(socket: ClientConnection, **message: Any) -> None:
    socket.send(json.dumps(message))


def _hear(socket: ClientConnection, seconds: float = 5) -> dict[str, Any]:
    """Return the next message that is not a ping."""
    while True:
        message: dict[str, Any] = json.loads(socket.recv(timeout=seconds))
        if message["type"] != "ping":
            return message


def _sign_in(socket: ClientConnection, who: Following, **payload: str) -> None:
    _say(socket, type="connection_init", payload={"authorization": f"Bearer {who.token}", **payload})
    assert _hear(socket) == {"type": "connection_ack"}


def _follow(socket: ClientConnection, job_id: str, operation: str = "1") -> None:
    _say(socket, type="subscribe", id=operation, payload={"query": FOLLOW, "variables": {"id": job_id}})


def _closed_with(socket: ClientConnection) -> int | None:
    try:
        while True:
            socket.recv(timeout=5)
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else None


def test_an_import_is_followed_until_it_is_done(live_url: str, following: Followings) -> None:
    acme = following["acme"]
    with _connect(live_url) as socket:
        _sign_in(socket, acme, brand="acme")
        _follow(socket, acme.job_id)
        first = _hear(socket)
        acme.change(rows=5, accepted=5)
        publish(progress_topic(acme.brand.id, acme.job))
        second = _hear(socket)
        acme.change(state="DONE")
        third, last = _hear(socket), _hear(socket)

    states = [message["payload"]["data"]["importJobProgressed"] for message in (first, second, third)]
    assert states == [
        {"id": acme.job_id, "state": "RUNNING", "rows": 0, "accepted": 0},
        {"id": acme.job_id, "state": "RUNNING", "rows": 5, "accepted": 5},
        {"id": acme.job_id, "state": "DONE", "rows": 5, "accepted": 5},
    ]
    assert last == {"id": "1", "type": "complete"}


def test_a_wake_up_is_heard_at_once(live_url: str, following: Followings) -> None:
    acme = following["acme"]
    delays = []
    with _connect(live_url) as socket:
        _sign_in(socket, acme)
        _follow(socket, acme.job_id)
        _hear(socket)
        for rows in range(1, 6):
            time.sleep(0.4)
            acme.change(rows=rows, accepted=rows)
            began = time.monotonic()
            publish(progress_topic(acme.brand.id, acme.job))
            _hear(socket)
            delays.append(time.monotonic() - began)

    assert sorted(delays)[2] < 0.5


def test_two_sockets_of_two_brands_hear_their_own(live_url: str, following: Followings) -> None:
    acme, globex = following["acme"], following["globex"]
    with _connect(live_url) as ours, _connect(live_url) as theirs:
        for socket, who in ((ours, acme), (theirs, globex)):
            _sign_in(socket, who)
            _follow(socket, who.job_id)
            assert _hear(socket)["payload"]["data"]["importJobProgressed"]["id"] == who.job_id
        for rows in range(1, 9):
            for who, factor in ((acme, 1), (globex, 1000)):
                who.change(rows=rows * factor, accepted=rows * factor)
                publish(progress_topic(who.brand.id, who.job))
            assert _hear(ours)["payload"]["data"]["importJobProgressed"]["rows"] == rows
            assert _hear(theirs)["payload"]["data"]["importJobProgressed"]["rows"] == rows * 1000


def test_another_brands_import_is_not_found(live_url: str, following: Followings) -> None:
    acme, globex = following["acme"], following["globex"]
    with _connect(live_url) as socket:
        _sign_in(socket, acme)
        _follow(socket, globex.job_id)
        refused = _hear(socket)
        _follow(socket, acme.job_id, "2")
        allowed = _hear(socket)

    assert (refused["id"], refused["type"]) == ("1", "error")
    assert [error["extensions"]["code"] for error in refused["payload"]] == ["NOT_FOUND"]
    assert allowed["payload"]["data"]["importJobProgressed"]["id"] == acme.job_id


def test_another_brand_cannot_be_chosen(live_url: str, following: Followings) -> None:
    with _connect(live_url) as socket:
        token = following["acme"].token
        _say(socket, type="connection_init", payload={"authorization": f"Bearer {token}", "brand": "globex"})

        assert _closed_with(socket) == 4403


def test_a_revoked_key_hears_no_more(live_url: str, following: Followings) -> None:
    from django.utils import timezone

    from apps.accounts.models import ApiKey
    from cxplatform.tenancy.doors import shared_tx

    acme = following["acme"]
    with _connect(live_url) as socket:
        _sign_in(socket, acme)
        _follow(socket, acme.job_id)
        _hear(socket)
        with shared_tx():
            ApiKey.objects.update(revoked_at=timezone.now())
        acme.change(rows=7, accepted=7)
        refused = _hear(socket)

    assert refused["type"] == "error"
    assert [error["extensions"]["code"] for error in refused["payload"]] == ["UNAUTHENTICATED"]


def test_queries_are_answered_too(live_url: str, following: Followings) -> None:
    with _connect(live_url) as socket:
        _sign_in(socket, following["globex"])
        _say(socket, type="subscribe", id="q", payload={"query": "{ brand { slug } }"})

        assert _hear(socket) == {"id": "q", "type": "next", "payload": {"data": {"brand": {"slug": "globex"}}}}
        assert _hear(socket) == {"id": "q", "type": "complete"}


def test_a_ping_is_answered_and_a_completed_operation_is_silent(live_url: str, following: Followings) -> None:
    acme = following["acme"]
    with _connect(live_url) as socket:
        _sign_in(socket, acme)
        _follow(socket, acme.job_id)
        _hear(socket)
        _say(socket, type="complete", id="1")
        acme.change(rows=9, accepted=9)
        time.sleep(2)
        _say(socket, type="ping")

        assert _hear(socket) == {"type": "pong"}


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
    with _connect(live_url) as socket:
        for message in messages:
            socket.send(message)

        assert _closed_with(socket) == code


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
    with _connect(live_url) as socket:
        _sign_in(socket, following["acme"])
        _say(socket, **message)

        assert _closed_with(socket) == code


def test_an_id_is_used_once_at_a_time(live_url: str, following: Followings) -> None:
    acme = following["acme"]
    with _connect(live_url) as socket:
        _sign_in(socket, acme)
        _follow(socket, acme.job_id)
        _hear(socket)
        _follow(socket, acme.job_id)

        assert _closed_with(socket) == 4409


def test_the_old_protocol_is_not_spoken(live_url: str) -> None:
    with connect(f"ws://{live_url}/graphql/ws", subprotocols=[Subprotocol("graphql-ws")]) as socket:
        assert _closed_with(socket) == 4406


def test_a_faulty_document_is_an_error_of_its_operation_alone(live_url: str, following: Followings) -> None:
    acme = following["acme"]
    with _connect(live_url) as socket:
        _sign_in(socket, acme)
        for number, payload in enumerate(
            [{"query": "{"}, {"query": "{ unknown }"}, {"query": 1}, "x", {"query": '{ node(id: "\0") { id } }'}]
        ):
            _say(socket, type="subscribe", id=str(number), payload=payload)
            message = _hear(socket)
            assert (message["id"], message["type"]) == (str(number), "error")
            assert message["payload"][0]["extensions"]["code"] == "BAD_USER_INPUT"
        _follow(socket, acme.job_id)
        assert _hear(socket)["type"] == "next"


def test_many_followers_hold_no_connection(live_url: str, following: Followings) -> None:
    """Far more subscriptions than worker threads; a newcomer is still answered at once."""
    acme = following["acme"]
    with _connect(live_url) as crowd, _connect(live_url) as newcomer:
        _sign_in(crowd, acme)
        for number in range(50):
            _follow(crowd, acme.job_id, str(number))
        for _ in range(50):
            assert _hear(crowd)["type"] == "next"
        _sign_in(newcomer, acme)
        began = time.monotonic()
        _follow(newcomer, acme.job_id)
        assert _hear(newcomer)["type"] == "next"

        assert time.monotonic() - began < 2
        _follow(crowd, acme.job_id, "one too many")
        assert _closed_with(crowd) == 4429

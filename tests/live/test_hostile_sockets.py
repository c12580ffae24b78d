"""What a hostile client may send on a socket, and an innocent one that is answered meanwhile."""

import base64
import json
import os
import socket as sockets
import struct
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from cxplatform.graphql.live.lingering import LINGER_BYTES
from tests.live.conftest import Following
from tests.live.speaking import PATIENCE_SECONDS, PROTOCOL, closed_with, hear, open_socket, say, sign_in, subscribe

FOLLOW = "subscription($id: ID!) { importJobProgressed(id: $id) { rows } }"
TEXT, BINARY, PING, CONTINUATION = 0x1, 0x2, 0x9, 0x0


def raw_socket(live_url: str, receive_buffer: int = 0) -> sockets.socket:
    """Open a socket by hand, so that its frames can be wrong."""
    host, port = live_url.split(":")
    opened = sockets.socket()
    opened.settimeout(PATIENCE_SECONDS)
    if receive_buffer:
        opened.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, receive_buffer)
    opened.connect((host, int(port)))
    key = base64.b64encode(os.urandom(16)).decode()
    opened.sendall(
        f"GET /graphql/ws HTTP/1.1\r\nHost: {live_url}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Protocol: {PROTOCOL}\r\n\r\n".encode()
    )
    assert b" 101 " in opened.recv(4096).split(b"\r\n")[0]
    return opened


def frame(opcode: int, payload: bytes, *, last: bool = True, masked: bool = True) -> bytes:
    """Write one frame of RFC 6455, masked with zeroes."""
    head = struct.pack("!B", (0x80 if last else 0) | opcode)
    flag = 0x80 if masked else 0
    size = len(payload)
    if size < 126:
        head += struct.pack("!B", flag | size)
    elif size < 65_536:
        head += struct.pack("!BH", flag | 126, size)
    else:
        head += struct.pack("!BQ", flag | 127, size)
    return head + (b"\0\0\0\0" if masked else b"") + payload


def ends(opened: sockets.socket) -> bool:
    """Read to the end; whether the server ended it in time."""
    try:
        while opened.recv(65_536):
            pass
    except ConnectionResetError:
        return True
    except TimeoutError:
        return False
    return True


@contextmanager
def innocent(live_url: str, who: Following) -> Iterator[None]:
    """Follow an import before, and hear of it after, whatever happens in between."""
    with open_socket(live_url) as socket:
        sign_in(socket, who.token)
        subscribe(socket, FOLLOW, id=who.job_id)
        hear(socket)
        yield
        who.change(rows=77, accepted=77)
        assert hear(socket)["payload"]["data"]["importJobProgressed"]["rows"] == 77


BROKEN_FRAMES = {
    "a frame that is not masked": frame(TEXT, b'{"type":"ping"}', masked=False),
    "a reserved opcode": frame(0x3, b"x"),
    "a continuation of nothing": frame(CONTINUATION, b"x"),
    "a ping too long for one": frame(PING, b"x" * 200),
    "a length of eight exabytes": b"\x81\xff" + struct.pack("!Q", 2**63 - 1) + b"\0\0\0\0",
    "a frame of twenty megabytes": b"\x81\xff" + struct.pack("!Q", 20_000_000) + b"\0\0\0\0",
    "reserved bits": b"\xf1\x80\0\0\0\0",
    "text that is not UTF-8": frame(TEXT, b'{"type":"\xff\xfe"}'),
    "a lone surrogate in UTF-8": frame(TEXT, b'{"type":"\xed\xa0\x80"}'),
    "no frames at all": b"GET / HTTP/1.1\r\n\r\n" * 20,
}


@pytest.mark.parametrize("sent", BROKEN_FRAMES.values(), ids=BROKEN_FRAMES)
def test_broken_frames_end_their_socket_alone(live_url: str, following: dict[str, Following], sent: bytes) -> None:
    with innocent(live_url, following["acme"]), closing(raw_socket(live_url)) as opened:
        opened.sendall(sent)

        assert ends(opened)


MESSAGES: dict[str, tuple[str | bytes, int]] = {
    "binary": (b'{"type":"ping"}', 4400),
    "empty text": ("", 4400),
    "a NUL": ("\0", 4400),
    "an escaped NUL for a type": (r'{"type":"\u0000"}', 4400),
    "a lone surrogate": (r'{"type":"\ud800"}', 4400),
    "a number of ten thousand digits": ('{"type":"ping","payload":' + "9" * 10_000 + "}", 4400),
    "an exponent beyond all": ('{"type":"ping","payload":1e999999}', 4400),
    "NaN": ('{"type":"ping","payload":NaN}', 4400),
    "a hundred thousand levels": ("[" * 100_000 + "]" * 100_000, 4400),
    "a batch": ('[{"type":"ping"}]', 4400),
    "the old protocol's start": ('{"type":"start","id":"1","payload":{"query":"{ me { name } }"}}', 4400),
    "more than 256 KiB": ('{"type":"ping","payload":"' + "x" * 262_144 + '"}', 1009),
    "the server's own words": ('{"type":"next","id":"1","payload":{}}', 4400),
    "an id that is a number": ('{"type":"subscribe","id":1,"payload":{"query":"{ me { name } }"}}', 4400),
    "an id too long": ('{"type":"complete","id":"' + "x" * 129 + '"}', 4400),
}


@pytest.mark.parametrize(("message", "code"), MESSAGES.values(), ids=MESSAGES)
def test_messages_out_of_the_protocol_close_their_socket_alone(
    live_url: str, following: dict[str, Following], message: str | bytes, code: int
) -> None:
    acme = following["acme"]
    with innocent(live_url, acme), open_socket(live_url) as socket:
        sign_in(socket, acme.token)
        socket.send(message)

        assert closed_with(socket) == code


PAYLOADS: dict[str, Any] = {
    "a NUL in a variable": {"query": FOLLOW, "variables": {"id": "\0"}},
    "a NUL in a name": {"query": FOLLOW, "variables": {"id": "x", "\0": 1}},
    "a NUL in the document": {"query": '{ node(id: "\0") { id } }'},
    "a list": [],
    "no query": {"query": None},
    "variables that are a list": {"query": FOLLOW, "variables": [1]},
    "a name that is not there": {"query": FOLLOW, "operationName": "nobody", "variables": {"id": "x"}},
    "an id of another type": {"query": FOLLOW, "variables": {"id": {"$ne": None}}},
    "fragments in a circle": {"query": "subscription { ...A } fragment A on Subscription { ...A }"},
    "two root fields": {
        "query": 'subscription { a: importJobProgressed(id: "x") { rows } b: importJobProgressed(id: "y") { rows } }'
    },
    "introspection of no subscription": {"query": "subscription { __typename }"},
}


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_a_faulty_operation_is_refused_with_a_code_and_hurts_no_other(
    live_url: str, following: dict[str, Following], payload: Any
) -> None:
    acme = following["acme"]
    with open_socket(live_url) as socket:
        sign_in(socket, acme.token)
        subscribe(socket, FOLLOW, "good", id=acme.job_id)
        hear(socket)
        say(socket, type="subscribe", id="bad", payload=payload)
        refused = hear(socket)
        acme.change(rows=3, accepted=3)

        assert (refused["id"], refused["type"]) == ("bad", "error")
        assert {error["extensions"]["code"] for error in refused["payload"]} <= {"BAD_USER_INPUT", "QUERY_TOO_COMPLEX"}
        assert hear(socket)["id"] == "good"


def flood(socket: ClientConnection, *messages: dict[str, Any], times: int) -> int | None:
    """Say the same over and over without reading; the code the socket is closed with."""
    try:
        for number in range(times):
            for message in messages:
                say(socket, **json.loads(json.dumps(message).replace("NUMBER", str(number))))
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else None
    return closed_with(socket)


FLOODS: dict[str, list[dict[str, Any]]] = {
    "pings": [{"type": "ping"}],
    "pongs": [{"type": "pong"}],
    "completes of nothing": [{"type": "complete", "id": "NUMBER"}],
    "subscribe and complete": [
        {"type": "subscribe", "id": "NUMBER", "payload": {"query": "{ me { name } }"}},
        {"type": "complete", "id": "NUMBER"},
    ],
}


@pytest.mark.parametrize("messages", FLOODS.values(), ids=FLOODS)
def test_a_flood_closes_its_socket_and_delays_nobody(
    live_url: str, following: dict[str, Following], messages: list[dict[str, Any]]
) -> None:
    acme = following["acme"]
    with innocent(live_url, following["globex"]), open_socket(live_url) as socket:
        sign_in(socket, acme.token)

        assert flood(socket, *messages, times=2_000) == 4429


def test_who_is_closed_while_still_sending_is_reset_only_after_a_while(
    live_url: str, following: dict[str, Following]
) -> None:
    """A client that is reset may give up before it has read why it was closed."""
    pongs = frame(TEXT, b'{"type":"pong"}') * 100
    with innocent(live_url, following["globex"]), closing(raw_socket(live_url)) as opened:
        init = {"type": "connection_init", "payload": {"authorization": f"Bearer {following['acme'].token}"}}
        opened.sendall(frame(TEXT, json.dumps(init).encode()) + pongs * 3)
        heard = b""
        while piece := opened.recv(4096):
            heard += piece
        # With nobody at the other end the second of these would fail.
        for _ in range(10):
            opened.sendall(pongs)

        assert heard.endswith(b"\x88\x13" + struct.pack("!H", 4429) + b"Too many messages")
        assert ends_with_a_reset(opened, pongs)


def ends_with_a_reset(opened: sockets.socket, sent: bytes) -> bool:
    """Send on and on; whether that ended before all was sent that could ever be waited for."""
    try:
        for _ in range(2 * LINGER_BYTES // len(sent)):
            opened.sendall(sent)
    except (ConnectionResetError, BrokenPipeError):
        return True
    return False


def test_pings_of_the_websocket_itself_are_answered(live_url: str, following: dict[str, Following]) -> None:
    acme = following["acme"]
    with innocent(live_url, acme), closing(raw_socket(live_url)) as opened:
        opened.sendall(frame(PING, b"a") * 3)
        answered = b""
        while len(answered) < 9:
            answered += opened.recv(9)

        assert answered == b"\x8a\x01a" * 3


def test_a_foreign_origin_gets_a_socket_and_nothing_without_a_key(
    live_url: str, following: dict[str, Following]
) -> None:
    """No cookie is read here: what another site's page can open says nothing it could not ask from anywhere."""
    url = f"ws://{live_url}/graphql/ws"
    with connect(url, subprotocols=[PROTOCOL], origin="https://evil.example") as socket:  # type: ignore[arg-type]  # a str to it
        say(socket, type="connection_init", payload={})

        assert closed_with(socket) == 4403


def test_a_socket_elsewhere_is_not_opened(live_url: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        connect(f"ws://{live_url}/elsewhere", subprotocols=[PROTOCOL])

    assert refused.value.response.status_code in (403, 404)


def test_half_an_upgrade_keeps_nobody_waiting(live_url: str, following: dict[str, Following]) -> None:
    host, port = live_url.split(":")
    slow = [sockets.create_connection((host, int(port))) for _ in range(50)]
    try:
        for each in slow:
            each.sendall(b"GET /graphql/ws HTTP/1.1\r\nUpgr")
        with innocent(live_url, following["acme"]):
            pass
    finally:
        for each in slow:
            each.close()

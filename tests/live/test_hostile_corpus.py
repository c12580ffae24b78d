"""The corpus of tests/security at the live process, over streams and on a socket, beside one who follows something."""

import json
from contextlib import ExitStack
from http.client import HTTPConnection

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

from cxplatform.graphql.live.codes import BAD_REQUEST, TOO_BIG
from tests.live.conftest import Following
from tests.live.speaking import PATIENCE_SECONDS, hear, open_socket, sign_in
from tests.live.test_hostile_sockets import innocent
from tests.live.test_sse import events_of
from tests.security.judging import CODES, HOSTILE, quick, told

# What is no JSON, or too large, is no message: nobody can know of which operation. The socket is closed.
CLOSED = {BAD_REQUEST, TOO_BIG}


def is_text(body: bytes) -> bool:
    """Tell whether a message can hold it; what frames hold else is tried in test_hostile_sockets.py."""
    try:
        return bool(body.decode())
    except UnicodeDecodeError:
        return False


def test_every_hostile_request_is_answered_with_a_code_by_a_stream(
    live_url: str, following: dict[str, Following]
) -> None:
    token = following["globex"].token
    with innocent(live_url, following["acme"]):
        answers = {name: quick(lambda body=body: streamed(live_url, token, body)) for name, body in HOSTILE.items()}

    assert {status for status, _ in answers.values()} == {200, 400, 413}
    assert {name: codes for name, (_, codes) in answers.items() if not codes <= CODES} == {}


def test_every_hostile_request_is_answered_with_a_code_on_a_socket(
    live_url: str, following: dict[str, Following]
) -> None:
    messages = {name: body for name, body in HOSTILE.items() if is_text(body)}
    with innocent(live_url, following["acme"]), ExitStack() as sockets:
        said = Said(live_url, following["globex"].token, sockets)
        answers = {name: quick(lambda body=body: said.answered(body)) for name, body in messages.items()}

    assert {name: answer for name, answer in answers.items() if not answer <= CODES | CLOSED} == {}
    # Nearly all are operations, which end alone.
    assert sum(not answer.isdisjoint(CLOSED) for answer in answers.values()) < len(messages) / 3


def streamed(live_url: str, token: str, body: bytes) -> tuple[int, set[str]]:
    """Send a body as the request of a stream; status and codes."""
    connection = HTTPConnection(live_url, timeout=PATIENCE_SECONDS)
    headers = {"Accept": "text/event-stream", "Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    connection.request("POST", "/graphql/stream", body, headers)
    response = connection.getresponse()
    if response.status != 200:
        return response.status, told(response.read())
    pushed = [data for event, data in events_of(response) if event == "next"]
    return response.status, set().union(*(told(json.dumps(data).encode()) for data in pushed))


class Said:
    """Operations on one socket, which is opened anew when one of them closed it."""

    def __init__(self, live_url: str, token: str, sockets: ExitStack) -> None:
        self._url, self._token, self._sockets = live_url, token, sockets
        self._socket: ClientConnection | None = None

    def answered(self, payload: bytes) -> set[object]:
        """Subscribe with this for a payload; the codes of its errors, or of how the socket was closed."""
        socket = self._socket = self._socket or self._opened()
        codes: set[object] = set()
        try:
            socket.send(b'{"type":"subscribe","id":"one","payload":' + payload + b"}", text=True)
            while (heard := hear(socket))["type"] == "next":
                codes |= told(json.dumps(heard["payload"]).encode())
        except ConnectionClosed as closed:
            self._socket = None
            return {closed.rcvd and closed.rcvd.code}
        assert heard["type"] in ("error", "complete")
        return codes | told(json.dumps({"errors": heard.get("payload", [])}).encode())

    def _opened(self) -> ClientConnection:
        socket = self._sockets.enter_context(open_socket(self._url))
        sign_in(socket, self._token)
        return socket

"""Bodies on the wire, at the server that is shipped: chunked, cut off, slow and endless ones."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPResponse
from typing import Any

import orjson
import pytest
from django.utils import timezone

from apps.accounts import commands
from apps.accounts.models import Brand
from apps.accounts.permissions import Role
from cxplatform.embedded.ports import free_port
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import shared_tx
from tests import cluster

ME = b'{"query": "{ me { role } }"}'
ANSWER = {"data": {"me": {"role": "BRAND_ADMIN"}}}
CHUNKED = "Transfer-Encoding: chunked"


@pytest.fixture(scope="module")
def port(django_db_setup: None) -> Iterator[int]:
    """A web process on the worker's database, with a single thread to answer in."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface=wsgi", f"--port={port}", "--blocking-threads=1", "--no-ws"]
    environment = {**cluster.process_environment(), "ALLOWED_HOSTS": "127.0.0.1"}
    process = subprocess.Popen([*command, "--log-level=error", "config.wsgi:application"], env=environment)
    try:
        deadline = time.monotonic() + 90
        while not _listens(port):
            assert process.poll() is None, "the web process ended"
            assert time.monotonic() < deadline, "the web process did not start"
            time.sleep(0.1)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


@pytest.fixture
def token(committed: None, acme: BrandRef) -> str:
    now = timezone.now()
    with shared_tx():
        brand = Brand.objects.get(pk=acme.id)
        member = commands.add_member(email="a@acme.example", name="A", role=Role.BRAND_ADMIN, brand=brand, now=now)
        return commands.issue_key(member=member, name="test", now=now)[1]


def test_a_chunked_body_is_read_to_its_end(port: int, token: str) -> None:
    with _sent(port, token, CHUNKED, _chunks(ME[:9], ME[9:10], ME[10:])) as client:
        assert _answer(client) == (200, ANSWER)


def test_a_chunked_body_may_come_slowly(port: int, token: str) -> None:
    with _sent(port, token, CHUNKED, b"") as client:
        for piece in (ME[:12], ME[12:]):
            client.sendall(b"%x\r\n%b\r\n" % (len(piece), piece))
            time.sleep(0.2)
        client.sendall(b"0\r\n\r\n")
        assert _answer(client) == (200, ANSWER)


@pytest.mark.parametrize(
    ("header", "body"),
    [
        (CHUNKED, b"zz\r\nno chunk"),
        (CHUNKED, b"9\r\n" + ME[:9]),
        (f"Content-Length: {len(ME) + 1}", ME),
    ],
)
def test_a_body_that_is_cut_off_is_the_clients_fault(port: int, token: str, header: str, body: bytes) -> None:
    with _sent(port, token, header, body) as client:
        client.shutdown(socket.SHUT_WR)
        assert _refusal(client) == (400, "BAD_USER_INPUT")


@pytest.mark.parametrize(
    ("header", "body"),
    [
        (CHUNKED, b"0\r\n\r\n"),
        ("Transfer-Encoding: gzip, chunked", b"5\r\nhello\r\n0\r\n\r\n"),
        (f"Content-Length: {len(ME) - 1}", ME[:-1]),
        ("X-No-Length: 1", b""),
    ],
)
def test_a_body_that_is_no_request_is_the_clients_fault(port: int, token: str, header: str, body: bytes) -> None:
    with _sent(port, token, header, body) as client:
        assert _refusal(client) == (400, "BAD_USER_INPUT")


def test_a_length_beside_chunks_is_not_believed(port: int, token: str) -> None:
    with _sent(port, token, f"Content-Length: 4\r\n{CHUNKED}", _chunks(ME)) as client:
        assert _answer(client) == (200, ANSWER)


@pytest.mark.parametrize("size", [256 * 1024 + 1, 3_000_000])
def test_a_chunked_body_is_bounded(port: int, token: str, size: int) -> None:
    padded = ME + b" " * (size - len(ME))
    with _sent(port, token, CHUNKED, _chunks(*[padded[at : at + 60_000] for at in range(0, size, 60_000)])) as client:
        assert _refusal(client) == (413, "PAYLOAD_TOO_LARGE")


def test_the_largest_body_is_taken(port: int, token: str) -> None:
    with _sent(port, token, CHUNKED, _chunks(ME + b" " * (256 * 1024 - len(ME)))) as client:
        assert _answer(client) == (200, ANSWER)


@pytest.mark.parametrize("header", [CHUNKED, "Content-Length: 100"])
def test_a_stranger_who_never_ends_keeps_nobody_waiting(port: int, token: str, header: str) -> None:
    with (
        _sent(port, "cx_unknown", header, b"5\r\nhello") as stranger,
        _sent(port, token, CHUNKED, _chunks(ME)) as other,
    ):
        assert _refusal(stranger) == (401, "UNAUTHENTICATED")
        assert _answer(other) == (200, ANSWER)


def _chunks(*pieces: bytes) -> bytes:
    return b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def _sent(port: int, token: str, header: str, body: bytes) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", port), timeout=60)
    head = (
        "POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Accept: application/graphql-response+json\r\nAuthorization: Bearer {token}\r\n{header}\r\n\r\n"
    )
    client.sendall(head.encode() + body)
    return client


def _answer(client: socket.socket) -> tuple[int, Any]:
    with HTTPResponse(client, method="POST") as response:
        response.begin()
        answer = orjson.loads(response.read())
        answer.pop("extensions", None)
        return response.status, answer


def _refusal(client: socket.socket) -> tuple[int, str]:
    status, answer = _answer(client)
    assert "data" not in answer
    return status, answer["errors"][0]["extensions"]["code"]


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0

"""Uploads that stall, at the server that is shipped: nobody else waits for them, and nothing of them is kept."""

import json
import shutil
import socket
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, suppress
from http.client import HTTPResponse
from pathlib import Path
from select import select
from typing import Any

import pytest
from django.conf import LazySettings
from django.utils import timezone

from apps.accounts.commands import add_member, issue_key
from apps.accounts.models import Brand
from apps.accounts.permissions import Role
from cxplatform.errors import BadInput
from cxplatform.imports import uploads
from cxplatform.imports.bodies import import_dir
from cxplatform.imports.models import ImportJob
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx, shared_tx
from tests.flows.programs import eventually
from tests.security.web import web

STALL_SECONDS = 3
ME = b'{"query": "{ me { role } }"}'
STALLED = (400, "BAD_USER_INPUT", "The upload stalled.")


@pytest.fixture(scope="module")
def served(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    """One web process as in `make demo`, less patient: its port, and where it keeps what is uploaded."""
    folder = tmp_path_factory.mktemp("web")
    settings = {"CX_IMPORT_STALL_SECONDS": str(STALL_SECONDS), "CX_DATA_DIR": str(folder)}
    with web(folder / "web.log", **settings) as (port, _):
        yield port, folder


@pytest.fixture
def port(served: tuple[int, Path], committed: None, acme: BrandRef, settings: LazySettings) -> Iterator[int]:
    settings.CX_DATA_DIR = served[1]
    yield served[0]
    # The server may still be removing what was not taken.
    shutil.rmtree(import_dir(acme), ignore_errors=True)


@pytest.fixture
def token(committed: None, acme: BrandRef) -> str:
    now = timezone.now()
    with shared_tx():
        brand = Brand.objects.get(pk=acme.id)
        member = add_member(email="a@acme.example", name="A", role=Role.BRAND_ADMIN, brand=brand, now=now)
        return issue_key(member=member, name="test", now=now)[1]


@pytest.mark.parametrize("length", ["Content-Length: 1000", "Transfer-Encoding: chunked"])
def test_twelve_stalled_uploads_keep_nobody_waiting(port: int, token: str, acme: BrandRef, length: str) -> None:
    stalled = [began(port, token, length, b"1\r\ne\r\n" if "chunked" in length else b"e") for _ in range(12)]
    eventually(lambda: len(told(stalled)) >= 9, seconds=60)

    meanwhile = 0
    for _ in range(5):
        assert asked(port, "/healthz") == {"status": "ok"}
        assert asked(port, "/graphql", token, ME)["data"] == {"me": {"role": "BRAND_ADMIN"}}
        meanwhile += len(told(stalled)) == 9
    answers = [answered(client) for client in stalled]

    # Whoever waits for the stalled is answered when they are.
    assert meanwhile

    assert sorted(answer[0] for answer in answers) == [400] * 3 + [503] * 9
    assert {answer[:3] for answer in answers if answer[0] == 400} == {STALLED}
    assert {(answer[1], answer[3]["retry-after"]) for answer in answers if answer[0] == 503} == {("UNAVAILABLE", "5")}
    # They have their answers and do not hang up: still nobody waits.
    assert asked(port, "/healthz") == {"status": "ok"}
    for client in stalled:
        client.close()
    eventually(lambda: is_taken(port, token), seconds=60)
    with brand_tx(acme):
        assert ImportJob.objects.count() == 1
    eventually(lambda: [path.suffix for path in import_dir(acme).iterdir()] == [".csv"], seconds=60)


def test_a_seat_is_free_again_when_the_stalled_client_hangs_up_early(port: int, token: str) -> None:
    # Of a few tries one has to be undisturbed by the machine.
    assert any(is_free_early(port, token) for _ in range(3))


def is_free_early(port: int, token: str) -> bool:
    """Have two clients hang up and a third stall; whether another upload is taken before that one is given up."""
    with began(port, token, "Content-Length: 1000", b"e") as patient:
        for _ in range(2):
            began(port, token, "Content-Length: 1000", b"e").close()
        eventually(lambda: is_taken(port, token), seconds=60)
        return told([patient]) == []


def test_a_body_found_wrong_while_more_of_it_is_awaited_is_answered_at_once(port: int, token: str) -> None:
    with began(port, token, "Content-Encoding: gzip\r\nContent-Length: 9999", b"no gzip" * 500) as client:
        assert answered(client)[:3] == (400, "BAD_USER_INPUT", "The body is not gzip, or its gzip stream is broken.")
        assert asked(port, "/healthz") == {"status": "ok"}


def test_an_upload_that_trickles_is_given_up(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.CX_IMPORT_STALL_SECONDS = 1
    monkeypatch.setattr(uploads, "_GRACE_SECONDS", 0.5)
    upload = uploads.Upload()

    def trickle() -> Iterator[bytes]:
        for _ in range(100):
            time.sleep(0.05)
            yield b"x" * 20

    with pytest.raises(BadInput, match="The upload stalled"), closing(upload):
        list(upload.pieces(trickle()))


def test_a_slow_upload_that_goes_on_is_taken(port: int, token: str) -> None:
    # Where this process stood still for so long, the upload did stall.
    for _ in range(5):
        longest, status = sent_slowly(port, token)
        if longest < STALL_SECONDS / 2:
            break
    assert status == 202


def sent_slowly(port: int, token: str) -> tuple[float, int]:
    """Send a file for longer than one may stall; how long it stood still at most, and the status it was answered."""
    row, longest, last = b"p%019d\n", 0.0, time.monotonic()
    with began(port, token, f"Content-Length: {12 + 21 * 280}", b"external_id\n") as client, suppress(ConnectionError):
        for start in range(0, 280, 40):
            client.sendall(b"".join(row % number for number in range(start, start + 40)))
            time.sleep(STALL_SECONDS / 6)
            longest, last = max(longest, time.monotonic() - last), time.monotonic()
        return longest, answered(client)[0]
    return longest, 0


def began(port: int, token: str, length: str, body: bytes) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", port), timeout=60)
    head = (
        "POST /import/customers HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/csv\r\n"
        f"Authorization: Bearer {token}\r\n{length}\r\n\r\n"
    )
    client.sendall(head.encode() + body)
    return client


def told(clients: list[socket.socket]) -> list[socket.socket]:
    """Return those whose answers have come."""
    return select(clients, [], [], 0)[0]


def is_taken(port: int, token: str) -> bool:
    """Send a whole file; whether there was a seat for it."""
    with began(port, token, "Content-Length: 15", b"external_id\np1\n") as client:
        status = answered(client)[0]
    assert status in (202, 503)
    return status == 202


def answered(client: socket.socket) -> tuple[int, str, str, dict[str, str]]:
    with HTTPResponse(client, method="POST") as response:
        response.begin()
        error = json.loads(response.read()).get("error") or {"code": "", "message": ""}
        return response.status, error["code"], error["message"], dict(response.headers)


def asked(port: int, path: str, token: str = "", body: bytes | None = None) -> Any:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"} if token else {}
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", body, headers)
    with urllib.request.urlopen(request, timeout=60) as response:
        return json.load(response)

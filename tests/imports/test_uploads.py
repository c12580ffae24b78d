"""Uploads that stall, at the server that is shipped: nobody else waits for them, and nothing of them is kept."""

import json
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPResponse
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.utils import timezone

from apps.accounts.commands import add_member, issue_key
from apps.accounts.models import Brand
from apps.accounts.permissions import Role
from cxplatform.embedded.ports import free_port
from cxplatform.errors import BadInput
from cxplatform.imports import uploads
from cxplatform.imports.bodies import import_dir
from cxplatform.imports.models import ImportJob
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx, shared_tx
from tests import cluster

STALL_SECONDS = 3
STALLED = (400, "BAD_USER_INPUT", "The upload stalled.")


@pytest.fixture(scope="module")
def web(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    """One web process as in `make demo`, less patient: its port, and where it keeps what is uploaded."""
    port, folder = free_port(), tmp_path_factory.mktemp("web")
    web = ["granian", "--interface=wsgi", f"--port={port}", "--workers=1", "--blocking-threads=8", "--no-ws"]
    web += ["--log-level=error", "--workers-kill-timeout=5", "config.wsgi:application"]
    environment = cluster.process_environment()
    environment |= {"CX_IMPORT_STALL_SECONDS": str(STALL_SECONDS), "CX_DATA_DIR": str(folder)}
    process = subprocess.Popen([sys.executable, "-m", *web], env=environment)
    try:
        deadline = time.monotonic() + 60
        while not listens(port):
            assert time.monotonic() < deadline, "the web process did not start"
            time.sleep(0.1)
        yield port, folder
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(15)


@pytest.fixture
def port(web: tuple[int, Path], committed: None, acme: BrandRef, settings: LazySettings) -> Iterator[int]:
    settings.CX_DATA_DIR = web[1]
    yield web[0]
    shutil.rmtree(import_dir(acme))


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
    time.sleep(0.5)

    for _ in range(5):
        assert quick(port, "/healthz") == {"status": "ok"}
        assert quick(port, "/graphql", token, b'{"query": "{ me { role } }"}')["data"] == {
            "me": {"role": "BRAND_ADMIN"}
        }
    answers = [answered(client) for client in stalled]

    assert sorted(answer[0] for answer in answers) == [400] * 3 + [503] * 9
    assert {answer[:3] for answer in answers if answer[0] == 400} == {STALLED}
    assert {(answer[1], answer[3]["retry-after"]) for answer in answers if answer[0] == 503} == {("UNAVAILABLE", "5")}
    # They have their answers and do not hang up: still nobody waits.
    assert quick(port, "/healthz") == {"status": "ok"}
    for client in stalled:
        client.close()
    time.sleep(0.5)
    whole = began(port, token, "Content-Length: 15", b"external_id\np1\n")
    assert answered(whole)[0] == 202
    with brand_tx(acme):
        assert ImportJob.objects.count() == 1
    assert [path.suffix for path in import_dir(acme).iterdir()] == [".csv"]


def test_a_seat_is_free_again_when_the_stalled_client_hangs_up_early(port: int, token: str) -> None:
    for _ in range(3):
        began(port, token, "Content-Length: 1000", b"e").close()
    time.sleep(0.5)

    assert answered(began(port, token, "Content-Length: 15", b"external_id\np1\n"))[0] == 202


def test_a_body_found_wrong_while_more_of_it_is_awaited_is_answered_at_once(port: int, token: str) -> None:
    with began(port, token, "Content-Encoding: gzip\r\nContent-Length: 9999", b"no gzip" * 500) as client:
        assert answered(client)[:3] == (400, "BAD_USER_INPUT", "The body is not gzip, or its gzip stream is broken.")
        assert quick(port, "/healthz") == {"status": "ok"}


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
    row = b"p%019d\n"
    with began(port, token, f"Content-Length: {12 + 21 * 400}", b"external_id\n") as client:
        for start in range(0, 400, 40):
            client.sendall(b"".join(row % number for number in range(start, start + 40)))
            time.sleep(0.5)
        assert answered(client)[0] == 202


def began(port: int, token: str, length: str, body: bytes) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", port), timeout=15)
    head = (
        "POST /import/customers HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/csv\r\n"
        f"Authorization: Bearer {token}\r\n{length}\r\n\r\n"
    )
    client.sendall(head.encode() + body)
    return client


def answered(client: socket.socket) -> tuple[int, str, str, dict[str, str]]:
    with HTTPResponse(client, method="POST") as response:
        response.begin()
        error = json.loads(response.read()).get("error") or {"code": "", "message": ""}
        return response.status, error["code"], error["message"], dict(response.headers)


def quick(port: int, path: str, token: str = "", body: bytes | None = None) -> Any:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"} if token else {}
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", body, headers)
    with urllib.request.urlopen(request, timeout=2) as response:
        return json.load(response)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0

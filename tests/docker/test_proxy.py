"""The proxy's own configuration, run by the real nginx in front of the real web and live processes."""

import json
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPResponse
from pathlib import Path
from typing import Any

import pytest

from cxplatform.embedded.ports import free_port
from tests.docker.test_files import DOCKER
from tests.live.conftest import live_url
from tests.programs import required
from tests.security.conftest import Web, keys, server
from tests.security.web import ME, head, listens

__all__ = ["keys", "live_url", "server"]


@pytest.fixture
def proxy(server: Web, live_url: str, tmp_path: Path) -> Iterator[int]:
    """The port of nginx with the shipped configuration, its addresses and its certificate exchanged."""
    nginx, openssl = required("nginx"), required("openssl")
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", str(tmp_path / "tls_key"), "-out", str(tmp_path / "tls_certificate")]
    subprocess.run(
        [openssl, "req", "-x509", "-nodes", "-newkey", "rsa:2048", *files, *subject], check=True, capture_output=True
    )
    plain, port = free_port(), free_port()
    text = (DOCKER / "nginx.conf").read_text()
    for shipped, here in {
        "server web:8000;": f"server 127.0.0.1:{server.port};",
        "server live:8001;": f"server {live_url};",
        "listen 8080;": f"listen 127.0.0.1:{plain};",
        "listen 8443 ssl;": f"listen 127.0.0.1:{port} ssl;",
        "/tmp/": f"{tmp_path}/",
        "/run/secrets/": f"{tmp_path}/",
        "client_body_timeout 10s;": "client_body_timeout 2s;",
    }.items():
        assert shipped in text
        text = text.replace(shipped, here)
    (tmp_path / "nginx.conf").write_text(text)
    argv = [nginx, "-c", str(tmp_path / "nginx.conf"), "-p", str(tmp_path), "-g", "daemon off;"]
    tested = subprocess.run([*argv, "-t"], capture_output=True, text=True)
    assert tested.returncode == 0, tested.stderr
    tmp_path.chmod(0o755)
    process = subprocess.Popen(argv, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 180
        while not listens(port):
            assert time.monotonic() < deadline, "nginx did not start"
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(60)
        shutil.rmtree(tmp_path, ignore_errors=True)


def test_one_origin_serves_queries_streams_and_sockets(proxy: int, keys: dict[str, str]) -> None:
    status, answer = asked(proxy, keys["acme"])
    assert (status, answer["data"]) == (200, {"me": {"role": "BRAND_ADMIN"}})

    query = b'{"query":"{ me { role } }"}'
    with opened(
        proxy, head(keys["acme"], f"Content-Length: {len(query)}", request="POST /graphql/stream HTTP/1.1") + query
    ) as client:
        assert client.recv(4_000).startswith(b"HTTP/1.1 200")

    upgrade = ["Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13"]
    upgrade += ["Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==", "Sec-WebSocket-Protocol: graphql-transport-ws"]
    with opened(proxy, head(keys["acme"], *upgrade, request="GET /graphql/ws HTTP/1.1")) as client:
        assert client.recv(4_000).startswith(b"HTTP/1.1 101")


def test_stalled_bodies_never_reach_the_web_process(proxy: int, server: Web, keys: dict[str, str]) -> None:
    with ExitStack() as sockets:
        stalled = [
            sockets.enter_context(opened(proxy, head(keys["acme"], f"Content-Length: {len(ME)}"))) for _ in range(40)
        ]

        for _ in range(10):
            assert asked(proxy, keys["acme"])[0] == 200
        # Whoever stalls is cut off or told so, by the proxy.
        assert all(not said or b" 408 " in said for said in map(heard, stalled))


def test_a_body_beyond_the_limit_is_refused_with_a_code(proxy: int, keys: dict[str, str]) -> None:
    for size in (300 * 1024, 600 * 1024):
        status, answer = asked(proxy, keys["acme"], b'{"query":"' + b" " * size + b'"}')
        assert (status, answer["errors"][0]["extensions"]["code"]) == (413, "PAYLOAD_TOO_LARGE")


def test_what_a_client_says_of_forwarding_is_not_passed_on(proxy: int, keys: dict[str, str]) -> None:
    assert asked(proxy, keys["acme"], **{"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http"})[0] == 200


def heard(client: ssl.SSLSocket) -> bytes:
    try:
        return client.recv(1_000)
    except OSError:
        return b""


def opened(port: int, raw: bytes) -> ssl.SSLSocket:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    client = context.wrap_socket(socket.create_connection(("127.0.0.1", port), timeout=60))
    client.sendall(raw)
    return client


def asked(port: int, token: str, body: bytes = ME, **headers: str) -> tuple[int, Any]:
    lines = [f"{name}: {value}" for name, value in headers.items()]
    raw = head(token, "Connection: close", *lines, f"Content-Length: {len(body)}") + body
    with opened(port, raw) as client, HTTPResponse(client, method="POST") as response:
        response.begin()
        return response.status, json.loads(response.read())

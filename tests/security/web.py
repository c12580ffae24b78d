"""The web server as `make demo` runs it, and requests written to its socket byte by byte."""

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPResponse
from pathlib import Path
from typing import Any

from django.utils import timezone

from apps.accounts.commands import add_member, issue_key
from apps.accounts.models import Brand
from apps.accounts.permissions import Role
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import shared_tx
from tests import cluster
from tests.ports import kept_port

ME = b'{"query": "{ me { role } }"}'


@contextmanager
def web(log: Path, **settings: str) -> Iterator[tuple[int, int]]:
    """Run one worker of eight threads as long as the block does; its port and process."""
    environment = {**cluster.process_environment(), **settings}
    with kept_port() as port, log.open("wb") as output:
        argv = ["granian", "--interface=wsgi", f"--port={port}", "--workers=1", "--blocking-threads=8", "--no-ws"]
        argv += ["--workers-kill-timeout=5", "config.wsgi:application"]
        process = subprocess.Popen([sys.executable, "-m", *argv], env=environment, stdout=output, stderr=output)
        try:
            deadline = time.monotonic() + 180
            while not listens(port):
                assert process.poll() is None, "the web process ended"
                assert time.monotonic() < deadline, "the web process did not start"
                time.sleep(0.1)
            yield port, process.pid
        finally:
            process.terminate()
            process.wait(60)


def key_of(brand: BrandRef, role: Role = Role.BRAND_ADMIN) -> str:
    now = timezone.now()
    with shared_tx():
        email = f"{role.value.lower()}@{brand.slug}.example"
        row = Brand.objects.get(pk=brand.id)
        member = add_member(email=email, name="A", role=role, brand=row, now=now)
        return issue_key(member=member, name="security", now=now)[1]


def key_of_provider(*granted: BrandRef) -> str:
    """Make somebody of the provider, of no brand until one is chosen, and return a key."""
    now = timezone.now()
    with shared_tx():
        grants = tuple(Brand.objects.get(pk=brand.id) for brand in granted)
        email = "admin@provider.example"
        member = add_member(email=email, name="P", role=Role.PROVIDER_ADMIN, brand=None, grants=grants, now=now)
        return issue_key(member=member, name="security", now=now)[1]


def sent(port: int, raw: bytes) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", port), timeout=60)
    client.sendall(raw)
    return client


def head(token: str, *headers: str, request: str = "POST /graphql HTTP/1.1") -> bytes:
    lines = [request, "Host: 127.0.0.1", "Content-Type: application/json", f"Authorization: Bearer {token}", *headers]
    return "\r\n".join([*lines, "", ""]).encode()


def answered(client: socket.socket) -> tuple[int, bytes]:
    with HTTPResponse(client, method="POST") as response:
        response.begin()
        return response.status, response.read()


def role_told(port: int, token: str) -> tuple[int, Any]:
    """Ask `ME`; status and data, without what it was charged."""
    status, answer = asked(port, token)
    return status, answer.get("data")


def asked(port: int, token: str, body: bytes = ME, **headers: str) -> tuple[int, Any]:
    """Ask over a connection of its own; status and JSON."""
    all_headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    request = urllib.request.Request(f"http://127.0.0.1:{port}/graphql", body, all_headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def cpu_seconds(pid: int) -> float:
    """Return what a process and its children have used so far."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / 100 + sum(cpu_seconds(int(child)) for child in children)

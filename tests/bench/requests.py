"""Requests to the WSGI application in this process: middleware, URLs, view, as under a server but without one."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory
from django.utils import timezone

from apps.accounts.commands import add_member, issue_key
from apps.accounts.models import Brand
from apps.accounts.permissions import Role
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import shared_tx
from tests.bench.costs import BenchmarkBroken

Environ = dict[str, Any]
MakeEnviron = Callable[[], Environ]


@dataclass
class Batch:
    """The same request several times over; the requests are made before the clock runs."""

    application: WSGIHandler
    make: MakeEnviron
    count: int
    waiting: list[Environ] = field(default_factory=list)

    def prepare(self) -> None:
        self.waiting = [self.make() for _ in range(self.count)]

    def work(self) -> None:
        for environ in self.waiting:
            body_of(self.application, environ)


def graphql(token: str, query: str, variables: dict[str, Any] | None = None) -> MakeEnviron:
    """Ask as a client does that sends the whole document each time."""
    body = orjson.dumps({"query": query, "variables": variables})
    headers = {"authorization": f"Bearer {token}"}
    return lambda: RequestFactory().post("/graphql", body, content_type="application/json", headers=headers).environ


def plain(token: str, path: str) -> MakeEnviron:
    headers = {"authorization": f"Bearer {token}"}
    return lambda: RequestFactory().get(path, headers=headers).environ


def token_of(brand: BrandRef) -> str:
    """Make an administrator of the brand with a key, and return the key's token."""
    now = timezone.now()
    with shared_tx():
        home = Brand.objects.get(pk=brand.id)
        email = f"bench@{brand.slug}.example"
        member = add_member(email=email, name="Bench", role=Role.BRAND_ADMIN, brand=home, now=now)
        return issue_key(member=member, name="bench", now=now)[1]


def upload(token: str, path: str, csv: bytes) -> MakeEnviron:
    """Send a file as a client does."""
    headers = {"authorization": f"Bearer {token}"}
    return lambda: RequestFactory().post(path, csv, content_type="text/csv", headers=headers).environ


def body_of(application: WSGIHandler, environ: Environ, *, expected: str = "200 OK") -> bytes:
    """Return the body of a good answer."""
    said: list[str] = []
    response = application(environ, lambda status, headers: said.append(status))
    body = b"".join(response)
    response.close()
    # Errors come first; to look for them in all of a chart takes as long as to read its rows.
    if said != [expected] or body.startswith(b'{"errors"'):
        raise BenchmarkBroken(f"{environ['PATH_INFO']} answered {said}: {body[:200]!r}")
    return body

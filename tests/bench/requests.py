"""Requests to the WSGI application in this process: middleware, URLs, view, as under a server but without one."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

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


def body_of(application: WSGIHandler, environ: Environ) -> bytes:
    """Return the body of a good answer."""
    said: list[str] = []
    response = application(environ, lambda status, headers: said.append(status))
    body = b"".join(response)
    response.close()
    if said != ["200 OK"] or b'"errors"' in body:
        raise BenchmarkBroken(f"{environ['PATH_INFO']} answered {said}: {body[:200]!r}")
    return body

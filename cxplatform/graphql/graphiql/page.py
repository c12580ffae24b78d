"""The page and its files, as bin/build-graphiql left them in built/."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.html import escape
from django.utils.module_loading import import_string

from cxplatform.graphql.negotiation import prefers_html

_BUILT = Path(__file__).parent / "built"
_TYPES = {".js": "text/javascript", ".css": "text/css"}


@dataclass(frozen=True)
class FirstLook:
    """What the page shows at first, and the address of the live process."""

    query: str
    variables: dict[str, Any]
    live: str


def page_wanted(request: HttpRequest) -> bool:
    """Tell whether this is a browser asking for the page, where there is one."""
    return bool(settings.CX_GRAPHIQL) and request.method == "GET" and prefers_html(request.headers.get("Accept"))


def page(request: HttpRequest) -> HttpResponse:
    """Answer the page, which may load its own files and talk to this host alone."""
    first_look: Callable[[HttpRequest], FirstLook] = import_string(settings.CX_GRAPHIQL)
    shown = first_look(request)
    response = HttpResponse(_page_with(orjson.dumps(asdict(shown)).decode()))
    response["Content-Security-Policy"] = _policy(shown.live)
    response["Cache-Control"] = "no-store"
    response["Vary"] = "Accept"
    return response


def graphiql_urls() -> list[URLPattern]:
    """Return the paths of the page's files; none where there is no page."""
    return [path("graphql/graphiql/<str:name>", _file)] if settings.CX_GRAPHIQL else []


def _policy(live: str) -> str:
    """Return the page's policy: no script or style but its own files, and nobody may frame it."""
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            f"connect-src 'self' {live}",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        ]
    )


def _page_with(first_look: str) -> str:
    return (_BUILT / "page.html").read_text().replace("FIRST_LOOK", escape(first_look))


def _file(request: HttpRequest, name: str) -> HttpResponse:
    """Answer a file whose name holds a hash of its content, so that it may be kept for good."""
    content = _files().get(name)
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type=f"{_TYPES[Path(name).suffix]}; charset=utf-8")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@cache
def _files() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in _BUILT.iterdir() if path.suffix in _TYPES}

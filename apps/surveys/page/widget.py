"""The widget: one file, which a brand's own site loads and which may run anywhere."""

from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse


def widget(request: HttpRequest) -> HttpResponse:
    """Answer the script; kept for an hour, so that a new one is everywhere soon."""
    response = HttpResponse(_script(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "public, max-age=3600"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@cache
def _script() -> bytes:
    return (Path(__file__).parent / "widget.js").read_bytes()

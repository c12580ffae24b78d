"""The body of a request, with a declared length or chunked: read whole, or refused, and bounded either way."""

from typing import Protocol

from django.conf import settings
from django.http import HttpRequest, UnreadablePostError

from cxplatform.errors import BadInput

_DRAINED_BYTES = 32 * 1024 * 1024


class _Stream(Protocol):
    def read(self, size: int, /) -> bytes: ...


def body_of(request: HttpRequest) -> bytes:
    """Read the body; one byte more than is allowed says that it is too large. Raises: BadInput, when it broke off."""
    stream, length = _source(request)
    try:
        body = _read(stream, settings.CX_MAX_BODY_BYTES + 1)
        if len(body) > settings.CX_MAX_BODY_BYTES:
            _drain(stream)
    except (UnreadablePostError, OSError):
        raise BadInput("The body broke off.") from None
    if length is not None and len(body) < min(length, settings.CX_MAX_BODY_BYTES):
        raise BadInput("The body broke off.")
    return body


def _source(request: HttpRequest) -> tuple[_Stream, int | None]:
    """Return what to read, and how much it must give; None for a chunked body, whose end the server knows."""
    declared = request.META.get("CONTENT_LENGTH") or ""
    if declared or not request.META.get("HTTP_TRANSFER_ENCODING"):
        return request, int(declared) if declared.isascii() and declared.isdigit() else 0
    if not request.META.get("wsgi.input_terminated"):
        raise BadInput("Declare the body's length with Content-Length.")
    # Django takes a body without a declared length for empty, so this is read past it.
    stream: _Stream = request.META["wsgi.input"]
    return stream, None


def _read(stream: _Stream, most: int) -> bytes:
    pieces: list[bytes] = []
    while most > 0 and (piece := stream.read(most)):
        pieces.append(piece)
        most -= len(piece)
    return b"".join(pieces)


def _drain(stream: _Stream) -> None:
    """Read on without keeping it, so that the client is still there to be told the body is too large."""
    for _ in range(_DRAINED_BYTES // settings.CX_MAX_BODY_BYTES):
        if not stream.read(settings.CX_MAX_BODY_BYTES):
            return

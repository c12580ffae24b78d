"""The body of an import request, streamed: with a length or chunked, plain or gzipped, and whole or refused."""

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest
from django.http.request import UnreadablePostError

from cxplatform.errors import BadInput, TooLarge
from cxplatform.imports.decoding import decoded
from cxplatform.imports.submissions import CSV, NDJSON
from cxplatform.imports.uploads import Upload, piece_bytes

_FORMATS = {
    "text/csv": CSV,
    "application/x-ndjson": NDJSON,
    "application/ndjson": NDJSON,
}
_UTF8 = {"", "utf-8", "utf8", "us-ascii"}


def body_format(request: HttpRequest) -> str:
    """Return the format its content type names.

    Raises: BadInput for a type or an encoding of characters that is not taken.
    """
    content_type = request.content_type or ""
    if content_type not in _FORMATS:
        raise BadInput(
            f"The content type {content_type[:100]!r} is not taken: send text/csv or application/x-ndjson.",
            field="Content-Type",
        )
    charset = (request.content_params or {}).get("charset", "").lower()
    if charset not in _UTF8:
        raise BadInput(f"The charset {charset[:40]!r} is not taken: send UTF-8.", field="Content-Type")
    return _FORMATS[content_type]


def body_pieces(request: HttpRequest, upload: Upload) -> Iterator[bytes]:
    """Yield the decoded body.

    Raises: TooLarge; BadInput for a body that is cut off or stalls, a broken gzip stream or an encoding not taken.
    """
    encoding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("identity", "", "gzip", "x-gzip"):
        raise BadInput(f"The content encoding {encoding[:40]!r} is not taken: send gzip.", field="Content-Encoding")
    gzipped = "gzip" in encoding
    length = _declared_length(request)
    most = settings.CX_IMPORT_MAX_BYTES
    if length is not None and not gzipped and length > most:
        raise TooLarge(f"The body has more than {most:,} bytes.")
    raw = _chunked(request) if length is None else _counted(request, length)
    pieces = decoded(upload.pieces(raw), gzipped=gzipped, most_bytes=most)
    return pieces if gzipped or length is not None else _ended_by_a_line_end(pieces)


def _declared_length(request: HttpRequest) -> int | None:
    text = request.META.get("CONTENT_LENGTH") or ""
    if text:
        return int(text) if text.isascii() and text.isdigit() else 0
    return None if request.META.get("HTTP_TRANSFER_ENCODING") else 0


def _counted(request: HttpRequest, length: int) -> Iterator[bytes]:
    left, size = length, piece_bytes()
    try:
        while left > 0 and (piece := request.read(min(size, left))):
            left -= len(piece)
            yield piece
    except (UnreadablePostError, OSError):
        raise BadInput("The body could not be read to its end.") from None
    if left:
        raise BadInput(f"The body ends {left:,} bytes before its declared length.")


def _chunked(request: HttpRequest) -> Iterator[bytes]:
    """Read past Django, which takes a body without a declared length for empty."""
    stream, size = request.META.get("wsgi.input") or request, piece_bytes()
    try:
        while piece := stream.read(size):
            yield piece
    except OSError:
        raise BadInput("The body could not be read to its end.") from None


def _ended_by_a_line_end(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Refuse a body that stops within a line.

    The server ends a chunked body quietly where the connection broke, so half a line could pass for a whole one.
    """
    last = b"\n"
    for piece in pieces:
        last = piece or last
        yield piece
    if not last.endswith(b"\n"):
        raise BadInput(
            "The chunked body stops within a line, so it may be cut off: end its last line with a line end, "
            "or send a Content-Length or gzip."
        )

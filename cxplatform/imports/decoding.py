"""A body as it was meant: gunzipped where it says so, and never more of it than allowed."""

import zlib
from collections.abc import Iterable, Iterator

from cxplatform.errors import BadInput, TooLarge

_PIECE = 256 * 1024
_GZIP = 31


def decoded(pieces: Iterable[bytes], *, gzipped: bool, most_bytes: int) -> Iterator[bytes]:
    """Yield the body's content in pieces.

    Raises: TooLarge past `most_bytes` of content; BadInput for a gzip stream that is broken or ends early.
    """
    total = 0
    for piece in _gunzipped(pieces) if gzipped else pieces:
        total += len(piece)
        if total > most_bytes:
            raise TooLarge(f"The body has more than {most_bytes:,} bytes after decoding.")
        yield piece


def _gunzipped(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Decompress one or several gzip members, a bounded piece at a time."""
    member = zlib.decompressobj(_GZIP)
    began = False
    for piece in pieces:
        data = piece
        while data:
            if member.eof:
                if not data.strip(b"\0"):
                    break  # padding after the last member, as tape and block tools leave it
                member = zlib.decompressobj(_GZIP)
            began = True
            content = _decompress(member, data)
            if content:
                yield content
            data = member.unused_data if member.eof else member.unconsumed_tail
    while began and not member.eof and (content := _decompress(member, b"")):
        yield content
    if not began or not member.eof:
        raise BadInput("The gzip body ends before its end.")


def _decompress(member: "zlib._Decompress", data: bytes) -> bytes:
    try:
        return member.decompress(data, _PIECE)
    except zlib.error:
        raise BadInput("The body is not gzip, or its gzip stream is broken.") from None

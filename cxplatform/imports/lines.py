"""The physical lines of a file, with their byte offsets, in bounded memory."""

from collections import deque
from typing import BinaryIO, NamedTuple

MOST_LINE_BYTES = 1024 * 1024
_BOM = b"\xef\xbb\xbf"


class Line(NamedTuple):
    """One line with its end; `suspect` text holds a NUL or bytes that are not UTF-8 (as lone surrogates)."""

    number: int
    start: int
    end: int
    text: str
    suspect: bool
    too_long: bool


class Lines:
    """Read the lines from an offset on; lines may be put back, to be read again.

    Only LF ends a line (a CR before it stays in the text). A UTF-8 byte order mark at offset 0 is left out.
    """

    def __init__(self, file: BinaryIO, offset: int = 0, number: int = 1) -> None:
        file.seek(offset)
        self._file = file
        self.offset = offset
        self.number = number
        self._returned: deque[Line] = deque()

    def next(self) -> Line | None:
        """Return the next line, or None at the end of the file."""
        if self._returned:
            return self._returned.popleft()
        raw = self._file.readline(MOST_LINE_BYTES + 1)
        if not raw:
            return None
        start, number = self.offset, self.number
        self.number += 1
        if len(raw) > MOST_LINE_BYTES and not raw.endswith(b"\n"):
            self.offset += len(raw) + self._skip_rest()
            return Line(number, start, self.offset, "", False, True)
        self.offset += len(raw)
        if start == 0 and raw.startswith(_BOM):
            raw = raw[len(_BOM) :]
        try:
            return Line(number, start, self.offset, raw.decode(), b"\0" in raw, False)
        except UnicodeDecodeError:
            return Line(number, start, self.offset, raw.decode(errors="surrogateescape"), True, False)

    def ahead(self, most_bytes: int) -> bytes:
        """Return the whole lines within the next bytes without moving on.

        Nothing where `next` knows more: lines were put back, or the file may begin with a byte order mark.
        """
        if self._returned or self.offset == 0:
            return b""
        piece = self._file.read(most_bytes)
        self._file.seek(self.offset)
        return piece[: piece.rfind(b"\n") + 1]

    def move_on(self, offset: int, number: int) -> None:
        """Go on at a line that was seen ahead."""
        self._file.seek(offset)
        self.offset, self.number = offset, number

    def put_back(self, lines: list[Line]) -> None:
        """Give lines back, in their order, to be read next."""
        self._returned.extendleft(reversed(lines))

    def _skip_rest(self) -> int:
        skipped = 0
        while piece := self._file.readline(MOST_LINE_BYTES):
            skipped += len(piece)
            if piece.endswith(b"\n"):
                break
        return skipped

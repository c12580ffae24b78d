"""JSON documents as APIs answer them, object by object: a page of a million is not read at once."""

import io
import json
from collections.abc import Collection, Iterator
from typing import Any, BinaryIO, Final

_PIECE: Final = 64 * 1024
MOST_VALUE: Final = 8 * 1024 * 1024
_BLANKS: Final = " \t\r\n"
# So many characters tell whether a number goes on.
_EXPONENT: Final = 3


class BrokenDocument(ValueError):
    """The text is no JSON from here on; what came before was yielded."""


def objects(file: BinaryIO, arrays: Collection[str], encoding: str) -> Iterator[tuple[str | None, dict[str, Any]]]:
    """Yield the objects of the named arrays of each document under their array's name.

    Objects that stand alone, or in an array at the top, are yielded under None. Raises: BrokenDocument.
    """
    text = _Text(file, encoding)
    while character := text.next_character():
        if character == "[":
            yield from ((None, item) for item in text.items() if isinstance(item, dict))
        elif character == "{":
            yield from _object(text, arrays)
        else:
            raise text.broken("neither an object nor an array begins")


def _object(text: "_Text", arrays: Collection[str]) -> Iterator[tuple[str | None, dict[str, Any]]]:
    """Yield the items of the arrays in an object, or itself when it holds none of them."""
    alone: dict[str, Any] | None = {}
    for key in text.names():
        if key in arrays and text.next_character() == "[":
            alone = None
            yield from ((key, item) for item in text.items() if isinstance(item, dict))
            continue
        value = text.value()
        if alone is not None:
            alone[key] = value
    if alone:
        yield None, alone


class _Text:
    """The text of a file, of which no more is held than the value being read."""

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        self._file = io.TextIOWrapper(file, encoding=encoding, errors="surrogateescape")
        self._decoder = json.JSONDecoder(parse_constant=_no_constant)
        self._buffer, self._at, self._before, self._ended = "", 0, 0, False

    def next_character(self) -> str:
        """Return the next character that is not blank, without passing it; nothing at the end."""
        while True:
            while self._at < len(self._buffer):
                if self._buffer[self._at] not in _BLANKS:
                    return self._buffer[self._at]
                self._at += 1
            if not self._read_on():
                return ""

    def items(self) -> Iterator[Any]:
        """Yield the values of the array that begins here."""
        self._pass("[")
        while self.next_character() != "]":
            yield self.value()
            if self.next_character() != "]":
                self._pass(",")
        self._pass("]")

    def names(self) -> Iterator[str]:
        """Yield the names in the object that begins here; the caller reads each value."""
        self._pass("{")
        while self.next_character() != "}":
            key = self.value()
            if not isinstance(key, str):
                raise self.broken("a key is no text")
            self._pass(":")
            yield key
            if self.next_character() != "}":
                self._pass(",")
        self._pass("}")

    def value(self) -> Any:
        """Read one whole value."""
        self.next_character()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._buffer, self._at)
            except (ValueError, RecursionError) as error:
                # It may only have been cut off at the end of what is held.
                if isinstance(error, RecursionError) or not self._read_on():
                    raise self.broken("no value can be read") from None
                continue
            # A number near the end of what is held may go on: `1` of `1e+5`.
            if end + _EXPONENT <= len(self._buffer) or not self._read_on():
                self._at = end
                return value

    def broken(self, why: str) -> BrokenDocument:
        return BrokenDocument(f"{why} at character {self._before + self._at + 1:,}")

    def _pass(self, character: str) -> None:
        if self.next_character() != character:
            raise self.broken(f"{character} is missing")
        self._at += 1

    def _read_on(self) -> bool:
        """Read as much again as is held, so that a long value is looked at few times; False at the end."""
        held = len(self._buffer) - self._at
        if self._ended or held > MOST_VALUE:
            return False
        piece = self._file.read(max(_PIECE, held))
        if not piece:
            self._ended = True
            return False
        self._before += self._at
        self._buffer, self._at = self._buffer[self._at :] + piece, 0
        return True


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")

"""What a column's cells may be: how text (CSV) and values (NDJSON, commands) become what the database holds.

A type's `from_text` gets a cell that is not empty; `from_value` anything but None. Both return the value, or None for
nothing (a cell of blanks), and raise Refused. Neither looks at characters that no column can hold: readers do for
text that is suspect, `from_value` does itself.
"""

import math
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol
from zoneinfo import ZoneInfo

from cxplatform.imports.jsontext import NumberText, plain, read_json
from cxplatform.imports.problems import Code, Refused
from cxplatform.imports.texts import shown, storable

_WHOLE = re.compile(r"[+-]?[0-9]+\Z")
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,4})?\Z")
_AMOUNT = re.compile(r"([+-]?)0*([0-9]*)(?:\.([0-9]*?)0*)?\Z")
_TRUE = frozenset({"true", "t", "yes", "y", "1"})
_FALSE = frozenset({"false", "f", "no", "n", "0"})


class ColumnType(Protocol):
    """Turn one cell into a value; `zone` is the brand's, for instants without an offset."""

    def text_reader(self, zone: ZoneInfo) -> Callable[[str], object]: ...

    def value_reader(self, zone: ZoneInfo) -> Callable[[object], object]: ...


class _ZonelessType:
    """A type that does not care where the brand is."""

    def from_text(self, cell: str) -> object:
        raise AssertionError(cell)

    def from_value(self, value: object) -> object:
        """Take text as a cell's text."""
        if isinstance(value, NumberText) or not isinstance(value, str):
            raise Refused(Code.INVALID_TYPE, "must be text")
        return self.from_text(storable(value)) if value else None

    def text_reader(self, zone: ZoneInfo) -> Callable[[str], object]:
        return self.from_text

    def value_reader(self, zone: ZoneInfo) -> Callable[[object], object]:
        return self.from_value


@dataclass(frozen=True)
class Text(_ZonelessType):
    """Free text, kept as it is; at most so many characters."""

    most: int

    def from_text(self, cell: str) -> str:
        if len(cell) > self.most:
            raise Refused(Code.TOO_LONG, f"has {len(cell):,} characters; at most {self.most:,} are kept")
        return cell


@dataclass(frozen=True)
class Key(_ZonelessType):
    """An identifier: text without blanks around it. JSON may give a whole number."""

    most: int

    def from_text(self, cell: str) -> str | None:
        key = cell.strip()
        if len(key) > self.most:
            raise Refused(Code.TOO_LONG, f"has {len(key):,} characters; at most {self.most:,} are kept")
        return key or None

    def from_value(self, value: object) -> object:
        return super().from_value(str(value) if type(value) is int else value)


@dataclass(frozen=True)
class Path(_ZonelessType):
    """Names from the root of a tree, joined by `/`, without blanks around any."""

    most: int
    most_of_a_name: int
    most_levels: int

    def from_text(self, cell: str) -> str | None:
        if not cell.strip():
            return None
        names = [name.strip() for name in cell.split("/")]
        if not all(names):
            raise Refused(Code.UNKNOWN_VALUE, f"{shown(cell)} is not a path: a name in it is empty")
        if len(names) > self.most_levels:
            raise Refused(Code.TOO_LONG, f"has {len(names)} levels; at most {self.most_levels} are kept")
        path = "/".join(names)
        if len(path) > self.most or max(map(len, names)) > self.most_of_a_name:
            raise Refused(
                Code.TOO_LONG,
                f"has at most {self.most} characters, and {self.most_of_a_name} in each of its names",
            )
        return path


class Choice(_ZonelessType):
    """One of a few words, in any case."""

    def __init__(self, words: Collection[str], what: str = "") -> None:
        self._words = {word: word for word in words}
        self._what = what or "one of " + ", ".join(words)

    def from_text(self, cell: str) -> str | None:
        known = self._words.get(cell)
        if known is not None:
            return known
        word = cell.strip().upper()
        if word and word not in self._words:
            raise Refused(Code.UNKNOWN_VALUE, f"{shown(cell)} is not {self._what}")
        return word or None


@dataclass(frozen=True)
class Pattern(_ZonelessType):
    """Short text of a known form."""

    pattern: re.Pattern[str]
    what: str

    def from_text(self, cell: str) -> str | None:
        word = cell.strip()
        if word and not self.pattern.match(word):
            raise Refused(Code.UNKNOWN_VALUE, f"{shown(cell)} is not {self.what}")
        return word or None


class Boolean(_ZonelessType):
    """true/false, t/f, yes/no, y/n or 1/0, in any case."""

    def from_text(self, cell: str) -> bool | None:
        word = cell.strip().lower()
        if word in _TRUE:
            return True
        if word in _FALSE:
            return False
        if not word:
            return None
        raise Refused(Code.INVALID_TYPE, f"{shown(cell)} is neither true nor false")

    def from_value(self, value: object) -> object:
        if isinstance(value, bool):
            return value
        return super().from_value(str(value) if type(value) is int else value)


@dataclass(frozen=True)
class Integer(_ZonelessType):
    """A whole number between bounds, both included."""

    least: int
    most: int

    def from_text(self, cell: str) -> int | None:
        word = cell.strip()
        if not word:
            return None
        if not _WHOLE.match(word):
            raise Refused(Code.INVALID_TYPE, f"{shown(cell)} is not a whole number")
        return self._within(int(word) if len(word) < 21 else None)

    def from_value(self, value: object) -> object:
        if type(value) is int:
            return self._within(value)
        if isinstance(value, NumberText):
            return self.from_text(str(value))
        return super().from_value(value)

    def _within(self, number: int | None) -> int:
        if number is None or not self.least <= number <= self.most:
            raise Refused(Code.OUT_OF_RANGE, f"must be from {self.least:,} to {self.most:,}")
        return number


@dataclass(frozen=True)
class Number(_ZonelessType):
    """A finite number between bounds, both included."""

    least: float
    most: float

    def from_text(self, cell: str) -> float | None:
        try:
            number = float(cell)
        except ValueError:
            number = math.nan
        if self.least <= number <= self.most and cell.isascii() and "_" not in cell:
            return number + 0.0
        return self._answered(cell.strip())

    def _answered(self, word: str) -> float | None:
        """Read what is not plainly a number within bounds, to say why; `float` takes more spellings than we do."""
        if not word:
            return None
        if len(word) > 400 or not _NUMBER.match(word):
            raise Refused(Code.INVALID_TYPE, f"{shown(word)} is not a number")
        return self._within(float(word))

    def from_value(self, value: object) -> object:
        if type(value) in (int, float):
            return self._within(_as_float(value))
        if isinstance(value, NumberText):
            return self.from_text(str(value))
        return super().from_value(value)

    def _within(self, number: float) -> float:
        if not (math.isfinite(number) and self.least <= number <= self.most):
            raise Refused(Code.OUT_OF_RANGE, f"must be from {self.least:,} to {self.most:,}")
        return number + 0.0


@dataclass(frozen=True)
class Amount(_ZonelessType):
    """An exact positive decimal, without an exponent; more fraction digits than are kept are refused, not rounded."""

    whole_digits: int
    fraction_digits: int

    def from_text(self, cell: str) -> Decimal | None:
        word = cell.strip()
        if not word:
            return None
        match = _AMOUNT.match(word) if len(word) < 100 else None
        if match is None or not any(map(str.isdigit, word)):
            raise Refused(Code.INVALID_TYPE, f"{shown(cell)} is not a decimal number such as 12.50")
        sign, whole, fraction = match[1], match[2], match[3] or ""
        if len(whole) > self.whole_digits or len(fraction) > self.fraction_digits:
            raise Refused(
                Code.OUT_OF_RANGE,
                f"has at most {self.whole_digits} digits before the point and {self.fraction_digits} after it",
            )
        if sign == "-" or not (whole or fraction):
            raise Refused(Code.OUT_OF_RANGE, "must be more than 0")
        return Decimal(f"{whole or '0'}.{fraction or '0'}")

    def from_value(self, value: object) -> object:
        if type(value) is int:
            return self.from_text(str(value) if abs(value) < 10**40 else "9" * 40)
        if isinstance(value, Decimal):
            return self.from_text(_written_out(value))
        if isinstance(value, NumberText):
            return self.from_text(str(value))
        return super().from_value(value)


class Json(_ZonelessType):
    """A JSON object."""

    def from_text(self, cell: str) -> object:
        if not cell.strip():
            return None
        try:
            return self.from_value(read_json(cell))
        except Refused as refused:
            code = Code.INVALID_TYPE if refused.code is Code.MALFORMED_LINE else refused.code
            raise Refused(code, refused.message) from None

    def from_value(self, value: object) -> object:
        if not isinstance(value, dict):
            raise Refused(Code.INVALID_TYPE, "must be a JSON object")
        return plain(value)


def _as_float(value: object) -> float:
    try:
        return float(value)  # type: ignore[arg-type]  # int or float, by the caller's check
    except OverflowError:
        return math.inf


def _written_out(value: Decimal) -> str:
    """Write a decimal without an exponent, if that is short; refuse to write out a huge one."""
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int):
        return str(value)
    if abs(exponent) > 40 or value.adjusted() > 40:
        return "9" * 40
    return format(value, "f")


LANGUAGE = Pattern(re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}\Z"), "a language tag such as en or pt-BR")

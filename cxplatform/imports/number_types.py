"""Columns of numbers, all bounded before anything computes with them."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from cxplatform.imports.column_types import PlainType
from cxplatform.imports.jsontext import NumberText
from cxplatform.imports.problems import Code, Refused
from cxplatform.imports.texts import shown

_WHOLE = re.compile(r"[+-]?[0-9]+\Z")
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,4})?\Z")
_AMOUNT = re.compile(r"([+-]?)0*([0-9]*)(?:\.([0-9]*?)0*)?\Z")


@dataclass(frozen=True)
class Integer(PlainType):
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

    def from_texts(self, cells: Sequence[str]) -> Sequence[object]:
        text = "".join(cells)
        if text.isdigit() and text.isascii() and max(map(len, cells)) < 21:
            return [self._within(int(cell)) if cell else None for cell in cells]
        return super().from_texts(cells)

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
class Number(PlainType):
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

    def from_texts(self, cells: Sequence[str]) -> Sequence[object]:
        text, least, most = "".join(cells), self.least, self.most
        if not text.isascii() or "_" in text:
            return super().from_texts(cells)
        try:
            numbers = [float(cell) + 0.0 if cell else None for cell in cells]
        except ValueError:
            return super().from_texts(cells)
        if [number for number in numbers if number is not None and not least <= number <= most]:
            return super().from_texts(cells)
        return numbers

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
class Amount(PlainType):
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

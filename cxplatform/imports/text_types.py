"""Columns of words: free text, keys, paths, choices, flags, JSON."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from cxplatform.imports.column_types import PlainType
from cxplatform.imports.jsontext import plain, read_json
from cxplatform.imports.problems import Code, Refused
from cxplatform.imports.texts import shown

_TRUE = frozenset({"true", "t", "yes", "y", "1"})
_FALSE = frozenset({"false", "f", "no", "n", "0"})


@dataclass(frozen=True)
class Text(PlainType):
    """Free text, kept as it is; at most so many characters."""

    most: int

    def from_text(self, cell: str) -> str:
        if len(cell) > self.most:
            raise Refused(Code.TOO_LONG, f"has {len(cell):,} characters; at most {self.most:,} are kept")
        return cell

    def from_texts(self, cells: Sequence[str]) -> Sequence[object]:
        if _longest(cells) > self.most:
            return super().from_texts(cells)
        return [cell or None for cell in cells]


@dataclass(frozen=True)
class Key(PlainType):
    """An identifier: text without blanks around it. JSON may give a whole number."""

    most: int

    def from_text(self, cell: str) -> str | None:
        key = cell.strip()
        if len(key) > self.most:
            raise Refused(Code.TOO_LONG, f"has {len(key):,} characters; at most {self.most:,} are kept")
        return key or None

    def from_texts(self, cells: Sequence[str]) -> Sequence[object]:
        if _longest(cells) > self.most:
            return super().from_texts(cells)
        return [cell.strip() or None for cell in cells]

    def from_value(self, value: object) -> object:
        return super().from_value(str(value) if type(value) is int else value)


@dataclass(frozen=True)
class Path(PlainType):
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


class Choice(PlainType):
    """One of a few words, in any case."""

    def __init__(self, words: Collection[str], what: str = "") -> None:
        self._words = {word: word for word in words}
        self.what = what or "one of " + ", ".join(words)

    def from_text(self, cell: str) -> str | None:
        known = self._words.get(cell)
        if known is not None:
            return known
        word = cell.strip().upper()
        if word and word not in self._words:
            raise Refused(Code.UNKNOWN_VALUE, f"{shown(cell)} is not {self.what}")
        return word or None


@dataclass(frozen=True)
class Pattern(PlainType):
    """Short text of a known form."""

    pattern: re.Pattern[str]
    what: str

    def from_text(self, cell: str) -> str | None:
        word = cell.strip()
        if word and not self.pattern.match(word):
            raise Refused(Code.UNKNOWN_VALUE, f"{shown(cell)} is not {self.what}")
        return word or None


class Boolean(PlainType):
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


class Json(PlainType):
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
        if value == "":
            return None
        if not isinstance(value, dict):
            raise Refused(Code.INVALID_TYPE, "must be a JSON object")
        return plain(value)


def _longest(cells: Sequence[str]) -> int:
    return max(map(len, cells), default=0)


LANGUAGE = Pattern(re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}\Z"), "a language tag such as en or pt-BR")

"""From the cells of a record to a row: values by column, or everything that is wrong with them."""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from cxplatform.imports.kinds import DEFAULT_SOURCE, Kind
from cxplatform.imports.problems import Code, Problem, Refused
from cxplatform.imports.texts import shown, storable
from cxplatform.tenancy.brand import BrandRef

# A line may hold 100,000 unknown names; nobody reads on after so many.
_MOST_PROBLEMS = 50


@dataclass(slots=True)
class Row:
    """A readable row. `values` holds the columns that were given; references are still the keys they name."""

    source: str
    external_id: str
    version: int | None
    values: dict[str, Any]


class RowReader:
    """Read the records of one kind for one brand; everything that can be looked up once is."""

    def __init__(self, kind: Kind, brand: BrandRef) -> None:
        self.kind = kind
        self.zone = brand.zone
        columns = kind.columns.values()
        self.defaults: dict[str, Any] = {c.name: c.default_for(brand) for c in columns}
        self.required = [c.name for c in columns if c.required]
        self._from_text: dict[str, Callable[[str], Any]] = {c.name: c.type.text_reader(brand.zone) for c in columns}
        self._from_value: dict[str, Callable[[object], Any]] = {
            c.name: c.type.value_reader(brand.zone) for c in columns
        }
        self._own_defaults = {c.name: self.defaults[c.name] for c in kind.own_columns}

    def header_problems(self, header: Sequence[str]) -> list[Problem]:
        """Say what is wrong with a CSV header: unknown, repeated and missing columns."""
        given = set(header)
        problems = [
            Problem(name[:100], Code.MALFORMED_LINE, f"the column {shown(name)} is not one of {self.kind.name}")
            for name in header
            if name not in self._from_text
        ]
        problems += [
            Problem(name[:100], Code.MALFORMED_LINE, f"the column {shown(name)} is there twice")
            for name, times in Counter(header).items()
            if times > 1
        ]
        problems += [
            Problem(name, Code.REQUIRED, f"the column {shown(name)} is missing")
            for name in self.required
            if name not in given
        ]
        return problems

    def problems_of(self, header: Sequence[str], cells: Sequence[str]) -> list[Problem]:
        """Say all that is wrong with a line of cells, of which some may hold characters that cannot be stored."""
        return self._problems(header, cells, {name: _checking(self._from_text[name]) for name in header})

    def read_object(self, given: Mapping[str, object]) -> Row | list[Problem]:
        """Read named values; an absent name keeps what is stored, None clears it."""
        values: dict[str, Any] = {}
        try:
            for name, value in given.items():
                taken = None if value is None else self._from_value[name](value)
                values[name] = self.defaults[name] if taken is None else taken
        except (Refused, KeyError):
            return self._problems(list(given), list(given.values()), self._from_value)
        return self._row(values)

    def _problems(
        self, names: Sequence[str], cells: Sequence[Any], readers: Mapping[str, Callable[[Any], Any]]
    ) -> list[Problem]:
        """Read once more, past the first problem, to answer them all."""
        problems: list[Problem] = []
        given: set[str] = set()
        for name, cell in zip(names, cells, strict=True):
            if len(problems) == _MOST_PROBLEMS:
                return problems
            if name not in readers:
                shape = f"is not a column of {self.kind.name}"
                problems.append(Problem(_printable(name), Code.MALFORMED_LINE, shape))
                continue
            try:
                if cell not in (None, "") and readers[name](cell) is not None:
                    given.add(name)
            except Refused as refused:
                given.add(name)
                problems.append(refused.of(name))
        return problems + [_required(name) for name in self.required if name not in given]

    def _row(self, values: dict[str, Any]) -> Row | list[Problem]:
        for name in self.required:
            if values.get(name) is None:
                return [_required(name) for name in self.required if values.get(name) is None]
        source = values.pop("source", DEFAULT_SOURCE)
        external_id = values.pop("external_id", None)
        version = values.pop("version", None)
        return Row(source, external_id or self.digest(values), version, values)

    def digest(self, values: dict[str, Any]) -> str:
        """Name a row without an identifier by its content; what is empty and what is absent are the same."""
        content = {name: value for name, value in (self._own_defaults | values).items() if value is not None}
        text = orjson.dumps(content, option=orjson.OPT_SORT_KEYS, default=str)
        return "hash-" + hashlib.blake2b(text, digest_size=16).hexdigest()


def _checking(read: Callable[[str], Any]) -> Callable[[str], Any]:
    return lambda cell: read(storable(cell))


def _required(name: str) -> Problem:
    return Problem(name, Code.REQUIRED, "must be given")


def _printable(name: str) -> str:
    return name[:100].replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()

"""A whole mapping, read from its TOML file."""

import codecs
import tomllib
from dataclasses import dataclass
from pathlib import Path

from cxplatform.imports.mapping.columns import Column, read_column
from cxplatform.imports.mapping.conditions import Conditions, read_blocks
from cxplatform.imports.mapping.problems import MappingError
from cxplatform.imports.mapping.tables import Table, only, table, text

_FORMATS = ("csv", "ndjson")
_TEXTS = {"csv": "csv", "ndjson": "ndjson", "jsonl": "ndjson"}


@dataclass(frozen=True)
class Reading:
    """How the export is written; format None: by the file's name."""

    format: str | None = None
    delimiter: str = ","
    encoding: str = "utf-8-sig"


@dataclass(frozen=True)
class Mapping:
    """Which rows of an export to take and how to make each column of the import."""

    kind: str
    reading: Reading
    conditions: Conditions
    columns: tuple[Column, ...]

    @property
    def sources(self) -> set[str]:
        """The export's columns the mapping needs."""
        return self.conditions.columns.union(*(column.sources for column in self.columns))


def read_mapping(path: Path) -> Mapping:
    """Read a mapping file. Raises: MappingError naming the key; OSError."""
    try:
        return mapping_from(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MappingError("", f"is not a TOML file: {error}") from None


def mapping_from(written: Table) -> Mapping:
    """Check a mapping and make it usable. Raises: MappingError naming the key."""
    only("", written, ("kind", "export", "keep", "skip", "columns"))
    columns = table("columns", written.get("columns", {}))
    if not columns:
        raise MappingError("columns", "lists no column")
    return Mapping(
        kind=text("kind", written.get("kind")),
        reading=_reading(table("export", written.get("export", {}))),
        conditions=Conditions(
            read_blocks("keep", written.get("keep", [])), read_blocks("skip", written.get("skip", []))
        ),
        columns=tuple(read_column(name, entry) for name, entry in columns.items()),
    )


def _reading(export: Table) -> Reading:
    only("export", export, ("format", "delimiter", "encoding"))
    chosen = Reading(**{name: text(f"export.{name}", value) for name, value in export.items()})
    if chosen.format not in (None, *_FORMATS):
        raise MappingError("export.format", "must be csv or ndjson")
    if len(chosen.delimiter) != 1 or chosen.delimiter in '"\r\n':
        raise MappingError("export.delimiter", "must be one character, such as ; or \\t")
    try:
        codecs.lookup(chosen.encoding)
    except LookupError:
        raise MappingError("export.encoding", f"{chosen.encoding!r} is not known, such as utf-8") from None
    return chosen


def format_of(mapping: Mapping, file_name: str) -> str:
    """Tell the export's format: as the mapping says, else by the name, `.gz` left out; CSV if in doubt."""
    if mapping.reading.format:
        return mapping.reading.format
    return _TEXTS.get(file_name.removesuffix(".gz").rpartition(".")[2].lower(), "csv")

"""What became of an export: what was read and made, and everything that could not be mapped, counted."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from cxplatform.imports.texts import shown

_EXAMPLES: Final = 3
# A column that holds another unknown value on each line says nothing new after so many.
_VALUES: Final = 50
_COLUMNS: Final = 1_000


@dataclass
class Loss:
    """One thing that could not be mapped: how often, and where it was first met."""

    count: int = 0
    examples: list[str] = field(default_factory=list)


class Report:
    """Counts by table; bounded, whatever an export holds."""

    def __init__(self) -> None:
        self.read: Counter[str] = Counter()
        self.made: Counter[str] = Counter()
        self.losses: dict[tuple[str, str, str], Loss] = {}
        self.filled: dict[str, Counter[str]] = {}
        self.asked: dict[str, set[str]] = {}
        self.unread_files: list[str] = []

    def lose(self, table: str, column: str, why: str, place: str, value: object = None) -> None:
        """Count what cannot be mapped; `why` says what became of it."""
        text = why if value is None else f"{shown(str(value))} {why}"
        key = (table, column, text)
        if key not in self.losses and sum(known[:2] == key[:2] for known in self.losses) >= _VALUES:
            key = (table, column, "other values cannot be mapped either")
        loss = self.losses.setdefault(key, Loss())
        loss.count += 1
        if len(loss.examples) < _EXAMPLES:
            loss.examples.append(place)

    def see(self, table: str, columns: Iterator[str]) -> None:
        """Count the columns of a record that hold something."""
        self.read[table] += 1
        counts = self.filled.setdefault(table, Counter())
        for column in columns:
            counts[column if column in counts or len(counts) < _COLUMNS else "other columns"] += 1

    def untaken(self) -> dict[str, dict[str, int]]:
        """Return, by table, the columns that hold something and that nothing asked for."""
        found = {}
        for table, counts in self.filled.items():
            asked = self.asked.get(table, set())
            if left := {column: count for column, count in sorted(counts.items()) if column not in asked}:
                found[table] = left
        return found

    def as_json(self) -> dict[str, Any]:
        """Return all of it, for a file beside what was written."""
        return {
            "read": dict(self.read),
            "made": dict(self.made),
            "lost": [
                {"table": table, "column": column, "what": what, "count": loss.count, "examples": loss.examples}
                for (table, column, what), loss in self.losses.items()
            ],
            "untaken": self.untaken(),
            "unread_files": self.unread_files,
        }

    def lines(self) -> Iterator[str]:
        """Say it for people."""
        yield "read: " + _counts(self.read)
        yield "made: " + _counts(self.made)
        for (table, column, what), loss in self.losses.items():
            where = f"{table}.{column}" if column else table
            more = ", …" if loss.count > len(loss.examples) else ""
            yield f"not mapped: {where}: {what}: {loss.count:,} ({', '.join(loss.examples)}{more})"
        for table, counts in self.untaken().items():
            yield f"not taken: {table}: " + ", ".join(f"{column} ({count:,})" for column, count in counts.items())
        for name in self.unread_files:
            yield f"not read: {name}"


def _counts(counts: Counter[str]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in counts.items()) or "nothing"

"""What somebody may be kept from writing: a guard sees each row beside what is stored, before anything is decided."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cxplatform.imports.decisions import Referred, RowKey, State
from cxplatform.imports.kinds import Kind, Reference
from cxplatform.imports.rows import Row


@dataclass(frozen=True, slots=True)
class Write:
    """A readable row on its way in: `stored` is what it would change, `named` the stored rows it names, by column."""

    row: Row
    stored: State | None
    named: Mapping[str, UUID]

    def value(self, column: str) -> Any:
        """Return what a column that refers to nothing would hold: as given, else as stored."""
        if column in self.row.values or self.stored is None:
            return self.row.values.get(column)
        return self.stored.values[column]


# Raises what forbids the write. It is asked anew when another writer came between, so it never sees what is old.
Guard = Callable[[Write], None]


def writes(
    kind: Kind,
    rows: list[Row],
    stored: Mapping[RowKey, State],
    referred: Mapping[Reference, Mapping[RowKey, Referred]],
) -> list[Write]:
    """Put each row beside what is stored."""
    return [Write(row, stored.get((row.source, row.external_id)), _named(kind, row, referred)) for row in rows]


def _named(kind: Kind, row: Row, referred: Mapping[Reference, Mapping[RowKey, Referred]]) -> dict[str, UUID]:
    found = {}
    for name, reference in kind.references.items():
        source = row.source if reference.within_source else ""
        its = referred[reference].get((source, row.values.get(name, "")))
        if its is not None:
            found[name] = its.id
    return found

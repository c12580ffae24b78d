"""Decide, row by row and in order, what a row means for what is stored. Pure: reads and writes happen elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cxplatform.ids import uuid7
from cxplatform.imports.kinds import Kind, Reference
from cxplatform.imports.outcomes import RowOutcome, Status, rejected
from cxplatform.imports.problems import Code, Problem
from cxplatform.imports.rows import Row

# (source, external_id) of a row; and of a referred row: its source, or "" where the source does not matter, and key.
RowKey = tuple[str, str]

# A member of an enumeration is looked up by Python code each time.
_ACCEPTED = Status.ACCEPTED


@dataclass(slots=True)
class State:
    """A row as it will be stored; `stored` is how it was before, None for a new one.

    `derived`: what its columns hold, where that is not what its row had said. `named`: by column, the row it named,
    where that was merged into the one its value tells; `named_before` as stored.
    """

    id: UUID
    version: int | None
    values: dict[str, Any]
    stored: dict[str, Any] | None = None
    changed: bool = False
    derived: dict[str, Any] | None = None
    named: Mapping[str, UUID] | None = None
    named_before: Mapping[str, UUID] | None = None


@dataclass(slots=True)
class Referred:
    """A row that rows refer to; not `known` until it is stored. `carried` is None until a row settles it.

    `key` is its own, where it was named by one that means it; `named` the row of the key, where that was merged into
    the one of `id`.
    """

    id: UUID
    known: bool
    carried: tuple[Any, ...] | None = None
    key: str | None = None
    named: UUID | None = None


class _Ids(dict[str, UUID]):
    """The ids of the rows that keys of one source name; an unknown key gets the id it will be stored with."""

    def __init__(self, source: str, table: dict[RowKey, Referred]) -> None:
        super().__init__()
        self._source = source
        self._table = table

    def __missing__(self, key: str) -> UUID:
        referred = self._table.get((self._source, key))
        if referred is None:
            referred = self._table[self._source, key] = Referred(uuid7(), known=False)
        return self.setdefault(key, referred.id)


class Decisions:
    """Take rows in order; `states` then says what to store, for those that changed.

    `states` are the stored rows of the keys to come, `referred` the stored rows that they name, a table for each
    reference. Rows of one key see what the earlier ones decided.
    """

    def __init__(
        self,
        kind: Kind,
        defaults: Mapping[str, Any],
        states: dict[RowKey, State],
        referred: dict[Reference, dict[RowKey, Referred]],
    ) -> None:
        self._kind = kind
        self._empty = {column.name: defaults[column.name] for column in kind.own_columns}
        self.states = states
        self.referred = referred
        self._ids: dict[str, list[tuple[str, _Ids]]] = {}
        self._merging: list[tuple[str, Any]] = [(name, referred[kind.references[name]]) for name in kind.merging]
        self._merged = any(its.named for _, table in self._merging for its in table.values())
        self._not_kept = [column.name for column in kind.own_columns if not column.kept]
        self._carrying = [(name, its, referred[its]) for name, its in kind.references.items() if its.carries]

    def take(self, row: Row) -> RowOutcome:
        """Decide one row."""
        state = self.states.get((row.source, row.external_id))
        if state is None:
            return self._accept(row)
        if _older(row.version, state.version):
            return RowOutcome(Status.DUPLICATE, state.id)
        values, stored = row.values.copy(), state.values
        self._put_ids(row.source, values)
        if self._not_kept:
            stored = stored | self._carried(row)
        named = self._named(row, state.named)
        if named is None and state.named is None:
            same = all(stored[name] == value for name, value in values.items())
        else:
            said, known = named or {}, state.named or {}
            same = all(known.get(name, stored[name]) == said.get(name, value) for name, value in values.items())
        if same and (self._kind.append_only or not _newer(row.version, state.version)):
            return RowOutcome(Status.DUPLICATE, state.id)
        if self._kind.append_only:
            return rejected(Problem("external_id", Code.CONFLICT, "is known with other content, which never changes"))
        if row.version is not None and row.version == state.version:
            return rejected(Problem("version", Code.CONFLICT, f"version {row.version} is known with other content"))
        return self._update(row, state, values, named)

    def _accept(self, row: Row) -> RowOutcome:
        given = row.values
        merged = given.copy() if len(given) == len(self._empty) else self._empty | given
        self._put_ids(row.source, merged)
        problems = self._problems(row, merged)
        if problems:
            return rejected(*problems)
        state = State(uuid7(), row.version, merged, changed=True, named=self._named(row, None))
        self.states[row.source, row.external_id] = state
        return RowOutcome(_ACCEPTED, state.id, after=merged)

    def _update(self, row: Row, state: State, values: dict[str, Any], named: Mapping[str, UUID] | None) -> RowOutcome:
        merged = state.values | values
        problems = self._problems(row, merged)
        if problems:
            return rejected(*problems)
        before, state.values, state.named = state.values, merged, named
        state.version = state.version if row.version is None else row.version
        state.changed = True
        return RowOutcome(Status.UPDATED, state.id, before=before, after=merged)

    def _named(self, row: Row, before: Mapping[str, UUID] | None) -> Mapping[str, UUID] | None:
        """Return which merged rows a row names, or goes on naming where it says nothing of it."""
        if not self._merged and before is None:
            return None
        found = {name: its for name, its in (before or {}).items() if name not in row.values}
        for name, table in self._merging:
            key = (row.source if self._kind.references[name].within_source else "", row.values.get(name))
            referred = table.get(key)
            if referred is not None and referred.named is not None:
                found[name] = referred.named
        return found or None

    def _carried(self, row: Row) -> dict[str, Any]:
        """Return what the columns that are not kept would hold: what the rows that this one names carry."""
        found: dict[str, Any] = dict.fromkeys(self._not_kept)
        for name, reference, table in self._carrying:
            if row.values.get(name) is not None:
                found.update(zip(reference.carries, table[_key(row, name, reference)].carried or (), strict=False))
        return {name: found[name] for name in self._not_kept}

    def _problems(self, row: Row, merged: dict[str, Any]) -> list[Problem]:
        """Check what must hold within the row and between it and what it refers to; settle the latter if all does."""
        problems = [problem for check in self._kind.checks if (problem := check(merged))]
        settled: list[tuple[Referred, tuple[Any, ...]]] = []
        for name, reference, table in self._carrying:
            if row.values.get(name) is not None:
                referred = table[_key(row, name, reference)]
                carried = tuple(merged[field] for field in reference.carries)
                if referred.carried not in (None, carried):
                    problems.append(_disagrees(row.values[name], name, reference, referred))
                settled.append((referred, carried))
        if not problems:
            for referred, carried in settled:
                referred.carried = carried
        return problems

    def _put_ids(self, source: str, values: dict[str, Any]) -> None:
        """Replace the keys that values name by the ids of the rows they name."""
        for name, ids in self._ids.get(source) or self._ids_of(source):
            named = values.get(name)
            if named is not None:
                values[name] = ids[named]

    def _ids_of(self, source: str) -> list[tuple[str, _Ids]]:
        references = self._kind.references.items()
        ids = [(name, _Ids(source if its.within_source else "", self.referred[its])) for name, its in references]
        return self._ids.setdefault(source, ids)


def _key(row: Row, name: str, reference: Reference) -> RowKey:
    return (row.source if reference.within_source else "", row.values[name])


def _older(version: int | None, than: int | None) -> bool:
    return version is not None and than is not None and version < than


def _newer(version: int | None, than: int | None) -> bool:
    return version is not None and (than is None or version > than)


def _disagrees(key: str, name: str, reference: Reference, referred: Referred) -> Problem:
    known = ", ".join(str(value) for value in referred.carried or ())
    field = reference.carries[0]
    return Problem(field, Code.CONFLICT, f"the {name} {key!r} is known with another {field}: {known}")

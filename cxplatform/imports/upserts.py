"""Load rows into an open brand door: look, decide, make what they refer to, write, mark the days that changed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from operator import itemgetter
from typing import Any

from django.db import transaction

from cxplatform.dirty.marks import mark
from cxplatform.faults import reached
from cxplatform.ids import uuid7
from cxplatform.imports import loading
from cxplatform.imports.decisions import Decisions, Referred, RowKey, State
from cxplatform.imports.guards import Guard, writes
from cxplatform.imports.kinds import Kind, Reference
from cxplatform.imports.merged import note_named, tell_named
from cxplatform.imports.outcomes import RowOutcome, rejected
from cxplatform.imports.problems import Problem
from cxplatform.imports.references import make_referred
from cxplatform.imports.rows import Row, RowReader
from cxplatform.imports.tables import table_of
from cxplatform.tenancy.doors import current_brand

_LOOKS = 5


def upsert(
    kind: Kind, rows: Sequence[Mapping[str, object]], *, now: datetime, guard: Guard | None = None
) -> list[RowOutcome]:
    """Store rows given as values by column name, exactly as an import of them would; one outcome a row, in order.

    Values are JSON's or Python's (aware datetimes, Decimals). Runs in the open brand door; ids of rows that stay
    are the stored ones. Raises: what the guard raises, for any row, with nothing written.
    """
    reader = RowReader(kind, current_brand())
    return load_rows(reader, [reader.read_object(row) for row in rows], now=now, guard=guard)


def load_rows(
    reader: RowReader, rows: Sequence[Row | list[Problem]], *, now: datetime, guard: Guard | None = None
) -> list[RowOutcome]:
    """Store the readable rows in one savepoint of the open door; the others are answered with their problems."""
    loading.lock_kind(current_brand(), reader.kind)
    if reader.kind.before is not None:
        reader.kind.before([row for row in rows if isinstance(row, Row)])
    for _ in range(_LOOKS):
        try:
            with transaction.atomic():
                return _load(reader, rows, now, guard)
        except loading.Raced as raced:
            last = raced
    raise last


def _load(
    reader: RowReader, rows: Sequence[Row | list[Problem]], now: datetime, guard: Guard | None
) -> list[RowOutcome]:
    kind = reader.kind
    readable = [row for row in rows if isinstance(row, Row)]
    stored = loading.stored_rows(kind, {(row.source, row.external_id) for row in readable})
    tell_named(kind, stored.values())
    referred = _referred(kind, readable)
    if guard is not None:
        for write in writes(kind, readable, stored, referred):
            guard(write)
    decisions = Decisions(kind, reader.defaults, stored, referred)
    outcomes = [decisions.take(row) if isinstance(row, Row) else rejected(*row) for row in rows]
    changed = {key: state for key, state in decisions.states.items() if state.changed}
    if changed:
        make_referred(kind, changed.values(), decisions.referred, now=now)
        _write(kind, changed, now)
        note_named(kind, changed.values())
        _mark_days(kind, changed.values())
        if kind.settle is not None:
            kind.settle(changed, now)
    return outcomes


def _referred(kind: Kind, rows: Sequence[Row]) -> dict[Reference, dict[RowKey, Referred]]:
    """Look up every row that these rows name: one query for each table referred to."""
    wanted: dict[Reference, set[RowKey]] = {reference: set() for reference in kind.references.values()}
    columns = [(name, its.within_source, wanted[its]) for name, its in kind.references.items()]
    for row in rows:
        values = row.values
        for name, within_source, keys in columns:
            key = values.get(name)
            if key is not None:
                keys.add((row.source if within_source else "", key))
    return {reference: _meant(reference, keys) if keys else {} for reference, keys in wanted.items()}


def _meant(reference: Reference, keys: set[RowKey]) -> dict[RowKey, Referred]:
    """Look up the rows of one table: those that the keys mean by now."""
    means = {} if reference.canonical is None else reference.canonical({key for _, key in keys})
    found = loading.stored_references(reference, {(source, means.get(key, key)) for source, key in keys})
    for source, key in keys:
        if (meant := means.get(key)) is not None:
            found[source, key] = found.setdefault((source, meant), Referred(uuid7(), known=False))
            found[source, key].key = meant
    return found


def _write(kind: Kind, changed: Mapping[RowKey, State], now: datetime) -> None:
    """Write in the order of the keys, so that two writers of one table cannot wait for each other in a circle."""
    table = table_of(kind)
    new = sorted(((key, state) for key, state in changed.items() if state.stored is None), key=itemgetter(0))
    old = [state for state in changed.values() if state.stored is not None]
    reached("chunk-before-copy")
    if new:
        loading.insert_rows(table.table, table.columns, (table.new_row(key, state, now) for key, state in new))
    if old:
        loading.update_rows(table.table, table.changing, [table.changed_row(state, now) for state in old])
    reached("chunk-after-copy")


def _mark_days(kind: Kind, changed: Iterable[State]) -> None:
    """Mark the brand's local days that moments of changed rows lie on, and lay on before."""
    zone = current_brand().zone
    told = (values for state in changed for values in (state.values, state.stored, state.derived))
    known = [values for values in told if values is not None]

    @cache
    def days(column: str) -> set[date]:
        moments = {moment for values in known for moment in _moments(values[column])}
        return {moment.astimezone(zone).date() for moment in moments}

    for topic, columns in ((kind.topic, (kind.time_column,)), *kind.also_marked):
        mark(topic, set().union(*map(days, columns)))


def _moments(value: Any) -> Sequence[datetime]:
    if value is None:
        return ()
    return value if isinstance(value, list) else (value,)

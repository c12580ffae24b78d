"""Make the rows that imported rows name and nobody has stored yet: customers, queues, reasons, …"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from cxplatform.ids import uuid7
from cxplatform.imports import loading
from cxplatform.imports.decisions import Referred, RowKey, State
from cxplatform.imports.kinds import Kind, Reference
from cxplatform.imports.tables import adapted, table_column


def make_referred(
    kind: Kind,
    changed: Iterable[State],
    referred: Mapping[Reference, dict[RowKey, Referred]],
    *,
    now: datetime,
) -> None:
    """Store the unknown rows that changed rows refer to, in the order of their keys.

    Raises: Raced.
    """
    states = list(changed)
    for reference, table in referred.items():
        unknown = {key: its for key, its in table.items() if not its.known}
        if unknown:
            columns = [name for name, its in kind.references.items() if its is reference]
            used = set().union(*(loading.used_ids(states, name) for name in columns))
            unknown = {(source, its.key or key): its for (source, key), its in unknown.items() if its.id in used}
        if unknown and reference.parent_of is not None:
            _make_tree(reference, table, unknown, now)
        elif unknown:
            _insert(reference, sorted(unknown.items()), {}, now)


def _make_tree(
    reference: Reference,
    table: dict[RowKey, Referred],
    unknown: dict[RowKey, Referred],
    now: datetime,
) -> None:
    """Store nodes of a tree with all that they hang under, the upper levels first."""
    ancestors = _ancestors(reference, unknown) - unknown.keys()
    known = loading.stored_references(reference, ancestors) if ancestors else {}
    nodes = {**known, **unknown}
    for key in ancestors - known.keys():
        nodes[key] = table.get(key) or Referred(uuid7(), known=False)
    levels: dict[int, list[tuple[RowKey, Referred]]] = {}
    for key, node in sorted(nodes.items()):
        if not node.known:
            levels.setdefault(len(list(_above(reference, key))), []).append((key, node))
    parents = {key: node.id for key, node in nodes.items()}
    for level in sorted(levels):
        _insert(reference, levels[level], parents, now)


def _ancestors(reference: Reference, keys: Iterable[RowKey]) -> set[RowKey]:
    return {above for key in keys for above in _above(reference, key)}


def _above(reference: Reference, key: RowKey) -> Iterable[RowKey]:
    assert reference.parent_of is not None
    source, name = key
    while (parent := reference.parent_of(name)) is not None:
        yield (source, parent)
        name = parent


def _insert(
    reference: Reference,
    rows: list[tuple[RowKey, Referred]],
    parents: Mapping[RowKey, Any],
    now: datetime,
) -> None:
    made = [_fields(reference, key, node, parents, now) for key, node in rows]
    meta = reference.model._meta
    fields = [field for field in meta.concrete_fields if not field.null or any(field.attname in row for row in made)]
    values = [tuple(row[f.attname] if f.attname in row else f.get_default() for f in fields) for row in made]
    columns = [table_column(field) for field in fields]
    loading.insert_rows(meta.db_table, columns, (adapted(columns, row) for row in values))
    if reference.made is not None:
        reference.made([row["id"] for row in made], now)


def _fields(
    reference: Reference, key: RowKey, node: Referred, parents: Mapping[RowKey, Any], now: datetime
) -> dict[str, Any]:
    source, name = key
    row: dict[str, Any] = {"id": node.id, reference.key: name, **reference.fill(name, *(node.carried or ()))}
    row |= zip(reference.carries, node.carried or (), strict=False)
    row |= {f.attname: now for f in reference.model._meta.concrete_fields if f.name in ("created_at", "updated_at")}
    if reference.within_source:
        row["source"] = source
    if reference.parent_of is not None and (parent := reference.parent_of(name)) is not None:
        row["parent_id"] = parents[source, parent]
    return row

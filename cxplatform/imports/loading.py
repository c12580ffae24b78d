"""The SQL of imports: locks, look-ups by key, binary COPY. Runs inside the open door; text is only ever our own names.

Nothing here computes with a column inside an UPDATE: values come ready from Python, which keeps it right on a
sharded database.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.db.backends.utils import CursorWrapper
from django.db.models import Model
from psycopg import errors
from psycopg.sql import SQL, Composed, Identifier

from cxplatform.ids import uuid7
from cxplatform.imports.decisions import Referred, RowKey, State
from cxplatform.imports.kinds import Kind, Reference
from cxplatform.imports.tables import ID_COLUMN, TableColumn, adapted, table_column, table_of
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import sql

# Above so many changed rows a staging table is cheaper than a statement for each.
STATEMENTS_AT_MOST = 50


class Raced(Exception):
    """Another transaction stored a row between our look and our write: look again."""


def lock_kind(brand: BrandRef, kind: Kind) -> None:
    """Let nobody else load this kind for this brand until the transaction ends."""
    digest = hashlib.blake2b(f"{brand.schema}:{kind.name}".encode(), digest_size=8).digest()
    with sql() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(digest, signed=True)])


def stored_rows(kind: Kind, keys: Set[RowKey]) -> dict[RowKey, State]:
    """Read the stored rows of these keys and lock them against other writers."""
    table = table_of(kind)
    columns = ["id", "external_id", "version", *(column.name for column in table.own)]
    columns += [kind.as_given.field] if kind.as_given else []
    statement = SQL(
        "SELECT {} FROM {} WHERE source = %s AND external_id = ANY(%s::text[]) ORDER BY external_id FOR NO KEY UPDATE"
    ).format(_names(columns), Identifier(table.table))
    json_names = [name for name, column in zip(table.names, table.own, strict=True) if column.is_json]
    found: dict[RowKey, State] = {}
    with sql() as cursor:
        for source, external_ids in _by_source(keys).items():
            cursor.execute(statement, [source, external_ids])
            for identity, external_id, version, *values in cursor.fetchall():
                content = dict(zip(table.names, values, strict=False))
                for name in json_names:
                    content[name] = _json(content[name])
                derived = None
                if kind.as_given and values[-1] is not None:
                    derived, content = content, {**content, **kind.as_given.read(_json(values[-1]))}
                found[source, external_id] = State(identity, version, content, content, derived=derived)
    return found


def stored_references(reference: Reference, keys: Set[RowKey]) -> dict[RowKey, Referred]:
    """Read the ids of the rows these keys name, with the fields that must agree."""
    meta = reference.model._meta
    columns = {field.name: str(field.column) for field in meta.concrete_fields}
    carried = [columns[name] for name in reference.carries]
    merged_into = [columns[reference.identities.merged_into]] if reference.identities else []
    key_column = columns[reference.key]
    statement = SQL("SELECT id, {} FROM {} WHERE {} = ANY(%s::text[])").format(
        _names([key_column, *merged_into, *carried]), Identifier(meta.db_table), Identifier(key_column)
    )
    if reference.within_source:
        statement += SQL(" AND source = %s")
    if reference.live:
        statement += SQL(" AND {} IS NULL").format(Identifier(columns[reference.live]))
    found: dict[RowKey, Referred] = {}
    with sql() as cursor:
        for source, wanted in _by_source(keys).items():
            cursor.execute(statement, [wanted, source] if reference.within_source else [wanted])
            for identity, key, *values in cursor.fetchall():
                into = values.pop(0) if merged_into else None
                its = tuple(values) if carried else None
                found[source, key] = Referred(into or identity, True, its, named=identity if into else None)
    return found


def insert_rows(table: str, columns: Sequence[TableColumn], rows: Iterable[tuple[Any, ...]]) -> None:
    """Store new rows with a binary COPY, in the order given.

    Raises: Raced, when one of them is there by now, or what it refers to is gone.
    """
    try:
        copy_rows(table, columns, rows)
    except IntegrityError as error:
        if isinstance(error.__cause__, errors.UniqueViolation | errors.ForeignKeyViolation):
            raise Raced(table) from error
        raise


def append_marks(model: type[Model], identities: Set[UUID]) -> None:
    """Store a mark of each of these rows, of which a mark's table holds the id beside its own."""
    columns = [table_column(field) for field in model._meta.concrete_fields]
    # By number is the order of ids, and compared faster.
    in_order = sorted(identities, key=attrgetter("int"))
    copy_rows(model._meta.db_table, columns, ((uuid7(), identity) for identity in in_order))


def copy_rows(table: str, columns: Sequence[TableColumn], rows: Iterable[tuple[Any, ...]]) -> None:
    """Store new rows of a table with a binary COPY; columns that are not given get what the database gives them."""
    with sql() as cursor:
        _copy(cursor, Identifier(table), columns, rows)


def update_rows(table: str, changing: Sequence[TableColumn], rows: Sequence[tuple[Any, ...]]) -> None:
    """Store changed rows of a table: the values of `changing`, then the id."""
    with sql() as cursor:
        if len(rows) <= STATEMENTS_AT_MOST:
            statement = SQL("UPDATE {} SET {} WHERE id = %s").format(
                Identifier(table),
                SQL(", ").join(SQL("{} = %s").format(Identifier(c.name)) for c in changing),
            )
            columns = (*changing, ID_COLUMN)
            cursor.executemany(statement, [adapted(columns, row) for row in rows])
            return
        _update_from_staging(cursor, table, changing, rows)


def _update_from_staging(
    cursor: CursorWrapper, table: str, changing: Sequence[TableColumn], rows: Sequence[tuple[Any, ...]]
) -> None:
    staging = Identifier("pg_temp", "import_staging")
    columns = (*changing, ID_COLUMN)
    cursor.execute(
        SQL("CREATE TEMP TABLE import_staging ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA").format(
            _names(column.name for column in columns), Identifier(table)
        )
    )
    _copy(cursor, staging, columns, rows)
    cursor.execute(
        SQL("UPDATE {} AS t SET {} FROM {} AS s WHERE t.id = s.id").format(
            Identifier(table),
            SQL(", ").join(SQL("{0} = s.{0}").format(Identifier(c.name)) for c in changing),
            staging,
        )
    )
    cursor.execute(SQL("DROP TABLE {}").format(staging))


def _copy(
    cursor: CursorWrapper,
    table: Identifier,
    columns: Sequence[TableColumn],
    rows: Iterable[tuple[Any, ...]],
) -> None:
    statement = SQL("COPY {} ({}) FROM STDIN (FORMAT BINARY)").format(table, _names(column.name for column in columns))
    with cursor.db.wrap_database_errors, cursor.copy(statement) as copy:
        copy.set_types([column.type for column in columns])
        for row in rows:
            copy.write_row(row)


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _by_source(keys: Set[RowKey]) -> dict[str, str]:
    """Return the keys of each source, in order, as the text of an array."""
    grouped: dict[str, list[str]] = defaultdict(list)
    for source, key in keys:
        grouped[source].append(key)
    return {source: _array_text(sorted(grouped[source])) for source in sorted(grouped)}


def _array_text(texts: Sequence[str]) -> str:
    """Write a text[] as PostgreSQL reads it; psycopg takes several times as long, as it would for any type."""
    together = "".join(texts)
    if '"' in together or "\\" in together:
        texts = [text.replace("\\", "\\\\").replace('"', '\\"') for text in texts]
    return '{"' + '","'.join(texts) + '"}' if texts else "{}"


def _names(columns: Iterable[str]) -> Composed:
    return SQL(", ").join(map(Identifier, columns))


def used_ids(states: Iterable[State], name: str) -> set[UUID]:
    """Return the ids that changed rows hold in a referring column."""
    return {identity for state in states if (identity := state.values[name]) is not None}

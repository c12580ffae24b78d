"""Statements that PostgreSQL keeps: parsed once a connection, and planned once where one plan does for all values.

PREPARE and EXECUTE are used as SQL, so that a kept statement is sent with its door as one message. It is kept by the
process of PostgreSQL's that prepared it, and a pooler of transactions sends each transaction to any of them: nothing
is kept unless the connection leads to PostgreSQL itself.
"""

import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import count
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, DataError, NotSupportedError, ProgrammingError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from psycopg import errors

# How often a connection sends a statement as text before it has it kept.
_AFTER = 3
# Of a connection. A page of contacts with customers and answers takes PostgreSQL 0.2 MB.
_MOST = 50
_PLACEHOLDER = re.compile("%[s%]")
# As what PostgreSQL reads the driver's literals; it is to find out the rest, as it does of a quoted literal.
_TYPES = {
    bool: "boolean",
    int: "bigint",
    float: "numeric",
    Decimal: "numeric",
    datetime: "timestamptz",
    date: "date",
    UUID: "uuid",
}
_UNTYPED = "unknown"
# A migration changed what it answers, or somebody had PostgreSQL forget it.
_GONE = (errors.FeatureNotSupported, errors.InvalidSqlStatementName)

Values = Sequence[Any] | Mapping[str, Any]
_Key = tuple[str, str, str, tuple[str, ...]]


class Kept(StrEnum):
    """How much of a statement is kept; as PostgreSQL calls it."""

    # A plan made for some values may be the worst for others: another queue, another span.
    PARSED = "force_custom_plan"
    # Whatever the values are, one plan finds the rows.
    PLANNED = "force_generic_plan"


class KeptStatements:
    """The statements of one connection, those used lately."""

    def __init__(self) -> None:
        # By the door, the text and the values' types: how often it was sent, then its name; None if it can't be kept.
        self._known: OrderedDict[_Key, int | str | None] = OrderedDict()
        self._numbers = count(1)

    def read(
        self, cursor: CursorWrapper, entry: str, statement: str, values: Sequence[Any], kept: Kept
    ) -> list[tuple[Any, ...]] | None:
        """Read by a statement that is kept; None, where it is not."""
        types = tuple(_TYPES.get(type(value), _UNTYPED) for value in values)
        key = (entry, statement, kept, types)
        name = self._name(cursor, key)
        if name is None:
            return None
        given = f"({', '.join(['%s'] * len(values))})" if values else ""
        planned = f"{entry} || set_config('plan_cache_mode', '{kept}', true)"
        try:
            cursor.execute(f"{planned}; EXECUTE {name}{given}", values)
        except DatabaseError as error:
            if not isinstance(error.__cause__, _GONE):
                raise
            self._known.clear()
            cursor.execute("DEALLOCATE ALL")
            return None
        cursor.nextset()
        return list(cursor.fetchall())

    def _name(self, cursor: CursorWrapper, key: _Key) -> str | None:
        """Return what the statement is kept as; None, while it is not."""
        known = self._known.get(key, 0)
        if known == _AFTER:
            known = self._prepare(cursor, key)
        elif isinstance(known, int):
            known += 1
        self._known[key] = known
        self._known.move_to_end(key)
        if len(self._known) > _MOST:
            _, dropped = self._known.popitem(last=False)
            if isinstance(dropped, str):
                cursor.execute(f"DEALLOCATE {dropped}")
        return known if isinstance(known, str) else None

    def _prepare(self, cursor: CursorWrapper, key: _Key) -> str | None:
        """Have it kept, inside its door, whose names it is read by; None, where it can only go as text."""
        entry, statement, _, types = key
        name = f"kept_{next(self._numbers)}"
        declared = f"({', '.join(types)})" if types else ""
        numbers = count(1)
        text = _PLACEHOLDER.sub(lambda found: f"${next(numbers)}" if found[0] == "%s" else "%", statement)
        try:
            cursor.execute(f"{entry}; PREPARE {name}{declared} AS {text}")
        except (ProgrammingError, DataError, NotSupportedError):
            return None
        return name


def read_kept(
    cursor: CursorWrapper, entry: str, statement: str, values: Values, kept: Kept
) -> list[tuple[Any, ...]] | None:
    """Read by a statement that is kept, sent with its door's first as one message; None, where it is to go as text."""
    statements = kept_statements(cursor.db)
    if statements is None or isinstance(values, Mapping):
        return None
    return statements.read(cursor, entry, statement, values, kept)


def kept_statements(connection: BaseDatabaseWrapper) -> KeptStatements | None:
    """Return those of an open connection; None, where nothing is kept."""
    if not settings.CX_KEEP_STATEMENTS:
        return None
    driver: Any = connection.connection
    if not hasattr(driver, "cx_kept"):
        driver.cx_kept = KeptStatements() if _is_direct(driver) else None
    known: KeptStatements | None = driver.cx_kept
    return known


def _is_direct(driver: Any) -> bool:
    """Tell whether it is PostgreSQL that answers: a pooler hands out numbers of its own for processes."""
    answer: tuple[int] = driver.execute("SELECT pg_backend_pid()").fetchone()
    return answer == (driver.info.backend_pid,)

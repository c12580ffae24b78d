"""Statements that PostgreSQL keeps: parsed once a connection, and planned once where one plan does for all values.

PREPARE and EXECUTE are used as SQL, so that a kept statement is sent with its door as one message. It is kept by the
process of PostgreSQL's that prepared it, and a pooler of transactions sends each transaction to any of them: nothing
is kept unless the connection leads to PostgreSQL itself.
"""

import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import count
from time import monotonic
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, DataError, NotSupportedError, ProgrammingError
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import Connection, errors

from cxplatform.tenancy.wire import Rows, Values, Wire, wire_of

# How often a connection sends a statement as text before it has it kept.
_AFTER = 3
# Of a connection. A page of contacts with customers and answers takes PostgreSQL 0.2 MB.
_MOST, _MOST_COUNTED = 50, 500
# A plan is made for tables as large as they are then, and writing to them does not undo it: it is made anew after this
# time. Nor does what was used within it make place for another: of more than are kept, each would push out the next.
_LASTS_SECONDS = 5.0
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

# The door, the text, how it is kept, and the types of its values.
_Key = tuple[str, str, str, tuple[str, ...]]


class Kept(StrEnum):
    """How much of a statement is kept; as PostgreSQL calls it."""

    # A plan made for some values may be the worst for others: another queue, another span.
    PARSED = "force_custom_plan"
    # Whatever the values are, one plan finds the rows, while tables are as large as they were.
    PLANNED = "force_generic_plan"


@dataclass(slots=True)
class _Statement:
    name: str
    made_at: float
    used_at: float


class KeptStatements:
    """The statements of one connection, those used lately."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._kept: OrderedDict[_Key, _Statement] = OrderedDict()
        # How often others were sent; None of what can only go as text.
        self._sent: OrderedDict[_Key, int | None] = OrderedDict()
        # What PostgreSQL is to let go of with whatever is sent next.
        self._dropped: list[str] = []
        self._numbers = count(1)

    def read(
        self, connection: BaseDatabaseWrapper, entry: str, statement: str, values: Sequence[Any], kept: Kept
    ) -> Rows | None:
        """Read by a statement that is kept; None, where it is not."""
        key = (entry, statement, kept, tuple(_TYPES.get(type(value), _UNTYPED) for value in values))
        try:
            its = self._held(connection, key)
            if its is None:
                return None
            planned = f"{entry} || set_config('plan_cache_mode', '{kept}', true)"
            return self._send(connection, f"{planned}; EXECUTE {its.name}", values)
        except DatabaseError as error:
            if not isinstance(error.__cause__, _GONE):
                raise
            self._kept.clear()
            self._dropped.clear()
            self._send(connection, "DEALLOCATE ALL")
            return None

    def _held(self, connection: BaseDatabaseWrapper, key: _Key) -> _Statement | None:
        """Return the statement if it is kept, by now; None, while it goes as text."""
        now = monotonic()
        its = self._kept.get(key)
        if its is not None and key[2] == Kept.PLANNED and now - its.made_at > _LASTS_SECONDS:
            self._drop(key)
            its = None
        its = its or self._newly(connection, key, now)
        if its is not None:
            its.used_at = now
            self._kept.move_to_end(key)
        return its

    def _newly(self, connection: BaseDatabaseWrapper, key: _Key, now: float) -> _Statement | None:
        """Have a statement kept that was sent often enough, where there is place; None, while it goes as text."""
        sent = self._sent.pop(key, 0)
        if sent is not None and sent >= _AFTER and self._has_place(now):
            name = f"kept_{next(self._numbers)}"
            if self._prepare(connection, key, name):
                return self._kept.setdefault(key, _Statement(name, now, now))
            sent = None
        self._sent[key] = None if sent is None else sent + 1
        if len(self._sent) > _MOST_COUNTED:
            self._sent.popitem(last=False)
        return None

    def _has_place(self, now: float) -> bool:
        if len(self._kept) >= _MOST:
            key, oldest = next(iter(self._kept.items()))
            if now - oldest.used_at <= _LASTS_SECONDS:
                return False
            self._drop(key)
        return True

    def _drop(self, key: _Key) -> None:
        self._dropped.append(self._kept.pop(key).name)

    def _prepare(self, connection: BaseDatabaseWrapper, key: _Key, name: str) -> bool:
        """Have it kept, inside its door, whose names it is read by; False, where it can only go as text."""
        entry, statement, _, types = key
        declared = f"({', '.join(types)})" if types else ""
        numbers = count(1)
        text = _PLACEHOLDER.sub(lambda found: f"${next(numbers)}" if found[0] == "%s" else "%", statement)
        try:
            self._send(connection, f"{entry}; PREPARE {name}{declared} AS {text}")
        except (ProgrammingError, DataError, NotSupportedError) as error:
            if isinstance(error.__cause__, errors.InvalidSqlStatementName):
                raise
            return False
        return True

    def _send(self, connection: BaseDatabaseWrapper, text: str, values: Sequence[Any] = ()) -> Rows:
        with connection.wrap_database_errors:
            given = b"(" + b", ".join(map(self._wire.literal, values)) + b")" if values else b""
        dropped, self._dropped = self._dropped, []
        freed = "".join(f"DEALLOCATE {name}; " for name in dropped)
        return self._wire.ask(connection, f"{freed}{text}".encode() + given)


def read_behind(connection: BaseDatabaseWrapper, entry: str, statement: str, values: Values, kept: Kept | None) -> Rows:
    """Read by one statement behind its door's first, as one message; by one that is kept, if it is to be and can."""
    wire = wire_of(connection)
    if kept is not None and not isinstance(values, Mapping):
        statements = kept_statements(connection)
        rows = statements.read(connection, entry, statement, values, kept) if statements else None
        if rows is not None:
            return rows
    with connection.wrap_database_errors:
        message = wire.written(f"{entry}; {statement}", values)
    return wire.ask(connection, message)


def kept_statements(connection: BaseDatabaseWrapper) -> KeptStatements | None:
    """Return those of an open connection; None, where nothing is kept."""
    if not settings.CX_KEEP_STATEMENTS:
        return None
    driver: Any = connection.connection
    if not hasattr(driver, "cx_kept"):
        with connection.wrap_database_errors:
            driver.cx_kept = KeptStatements(wire_of(connection)) if _is_direct(driver) else None
    known: KeptStatements | None = driver.cx_kept
    return known


def _is_direct(driver: "Connection[Any]") -> bool:
    """Tell whether it is PostgreSQL that answers: a pooler hands out numbers of its own for processes."""
    return driver.execute("SELECT pg_backend_pid()").fetchone() == (driver.info.backend_pid,)

"""One message to PostgreSQL and its answer, waited for once.

The driver's cursor takes that apart into steps and gives up Python's lock at each, so that with other threads about
every one of them is served in between: a page cost a tenth more. libpq does the whole in one call.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import ClientCursor, Connection, OperationalError
from psycopg.adapt import Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus

Rows = list[tuple[Any, ...]]
Values = Sequence[Any] | Mapping[str, Any]
_GOOD = (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK)


class Wire:
    """An open connection of the driver's, used by the thread that holds it."""

    def __init__(self, driver: "Connection[Any]") -> None:
        self._driver = driver
        # It remembers how types are read and written, which a cursor's finds out each time.
        self._transformer = Transformer(driver)
        self._cursor = ClientCursor(driver)

    def written(self, statement: str, values: Values) -> bytes:
        """Write the values into a statement, as the driver does."""
        return self._cursor.mogrify(statement, values).encode()

    def literal(self, value: object) -> bytes:
        """Write a value as the driver writes it into a statement."""
        return b"NULL" if value is None else self._transformer.as_literal(value)

    def ask(self, connection: BaseDatabaseWrapper, message: bytes) -> Rows:
        """Send statements that hold their values; the rows of the last. Raises: DatabaseError, Django's.

        Whoever looks on at what Django sends sees it too.
        """
        if connection.queries_logged or connection.execute_wrappers:
            return _asked_by_cursor(connection, message)
        with connection.wrap_database_errors:
            return self._exchange(message)

    def _exchange(self, message: bytes) -> Rows:
        wire = self._driver.pgconn
        result = wire.exec_(message)
        if result.status not in _GOOD:
            error = error_from_result(result, encoding=self._driver.info.encoding)
            if wire.status == ConnStatus.BAD:
                raise OperationalError(str(error)) from error
            raise error
        self._transformer.set_pgresult(result)
        try:
            return self._transformer.load_rows(0, result.ntuples, tuple)
        finally:
            # Or it would lie here, however large, until the next is read.
            self._transformer.set_pgresult(None)


def wire_of(connection: BaseDatabaseWrapper) -> Wire:
    """Return the wire of a connection, which is opened if need be: that of an earlier request may have gone."""
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    driver: Any = connection.connection
    if not hasattr(driver, "cx_wire"):
        driver.cx_wire = Wire(driver)
    known: Wire = driver.cx_wire
    return known


def _asked_by_cursor(connection: BaseDatabaseWrapper, message: bytes) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(message.decode())
        while cursor.nextset():
            pass
        return list(cursor.fetchall()) if cursor.description else []

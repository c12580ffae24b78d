"""A message to PostgreSQL and its answer, in one call of the driver's library."""

import os
import time
from contextlib import nullcontext
from threading import Thread
from typing import Any

import psycopg
import pytest
from django.db import DataError, OperationalError, connection

from cxplatform.tenancy.wire import Wire
from tests import cluster


@pytest.fixture
def wire(committed: None) -> Wire:
    connection.close()
    connection.ensure_connection()
    return Wire(connection.connection)


@pytest.mark.parametrize("watched", [False, True])
def test_the_rows_are_those_of_the_last_statement(wire: Wire, watched: bool) -> None:
    def look(execute: Any, *call: Any) -> Any:
        seen.append(call[0])
        return execute(*call)

    seen: list[str] = []
    with connection.execute_wrapper(look) if watched else nullcontext():
        assert wire.ask(connection, b"SELECT 1; SELECT 2, 'two' UNION SELECT 3, NULL ORDER BY 1") == [
            (2, "two"),
            (3, None),
        ]
        assert wire.ask(connection, b"SET LOCAL statement_timeout = 100; DEALLOCATE ALL") == []
        assert wire.ask(connection, b"SELECT 1 WHERE false") == []

    assert len(seen) == (3 if watched else 0)


def test_a_value_is_written_as_the_drivers_cursor_writes_it(wire: Wire) -> None:
    for value in (None, "o'clock \\ ; --", 5, -1, 1.5, True, [1, 2], ["a'b", None]):
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s", [value])
            (expected,) = cursor.fetchone()
        ((found,),) = wire.ask(connection, b"SELECT " + wire.literal(value))
        assert found == expected


def test_what_postgresql_says_is_wrong_is_said_as_django_says_it(wire: Wire) -> None:
    with pytest.raises(DataError, match="division by zero"):
        wire.ask(connection, b"SELECT 1; SELECT 1 / 0; SELECT 2")
    with pytest.raises(OperationalError, match="statement timeout"):
        wire.ask(connection, b"SELECT set_config('statement_timeout', '100', true); SELECT pg_sleep(20)")

    assert wire.ask(connection, b"SELECT 1") == [(1,)]


@pytest.mark.parametrize("busy", [False, True])
def test_a_connection_that_is_lost_is_said_to_be(wire: Wire, busy: bool) -> None:
    ((process,),) = wire.ask(connection, b"SELECT pg_backend_pid()")

    def hang_up() -> None:
        active = "SELECT 1 FROM pg_stat_activity WHERE pid = %s AND state = 'active'"
        with psycopg.connect(os.environ[cluster.ADMIN], autocommit=True) as admin:
            while busy and not admin.execute(active, [process]).fetchone():
                time.sleep(0.01)
            admin.execute("SELECT pg_terminate_backend(%s, 10000)", [process])

    other = Thread(target=hang_up)
    other.start()
    if not busy:
        other.join()

    with pytest.raises(OperationalError):
        wire.ask(connection, b"SELECT pg_sleep(20)")
    other.join()

    assert not connection.is_usable()
    connection.close()


def test_what_was_read_is_not_held_on_to(wire: Wire) -> None:
    assert len(wire.ask(connection, b"SELECT repeat('x', 1000000)")[0][0]) == 1_000_000

    assert wire._transformer.pgresult is None

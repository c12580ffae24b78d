"""A read-only door is held until more than one statement needs its transaction; nobody can tell from what it shows."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.customers.models import Customer
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import DoorError, brand_tx, go_in, read
from tests.isolation.conftest import name_of_c1

Twins = tuple[BrandRef, BrandRef]

NAME = "SELECT name FROM customers_customer WHERE external_id = %s"
SETTINGS = """SELECT current_setting('role'), current_setting('search_path'), current_setting('statement_timeout'),
    current_setting('transaction_read_only')"""


def now() -> tuple[str, ...]:
    """Read the settings on the connection as it is, outside any door."""
    with connection.cursor() as cursor:
        cursor.execute(SETTINGS)
        return tuple(cursor.fetchone())


def test_a_read_is_sent_with_its_door_and_leaves_nothing_behind(twins: Twins) -> None:
    acme, _ = twins
    before = now()

    with brand_tx(acme, read_only=True, statement_timeout_ms=700), CaptureQueriesContext(connection) as sent:
        inside = read(SETTINGS, [])
        assert read(NAME, ["c-1"]) == [("acme",)]
        assert not connection.in_atomic_block

    assert inside == [(acme.schema, f"{acme.schema}, ext", "700ms", "on")]
    assert len(sent) == 2
    assert now() == before


def test_whoever_takes_a_cursor_goes_in_and_reads_the_same(twins: Twins) -> None:
    acme, _ = twins
    before = now()

    with brand_tx(acme, read_only=True):
        assert name_of_c1() == "acme"
        assert connection.in_atomic_block
        assert read(SETTINGS, [])[0][::3] == (acme.schema, "on")
        assert [row.name for row in Customer.objects.iterator(chunk_size=1)] == ["acme"]

    assert now() == before


def test_a_door_nobody_reads_in_sends_nothing(twins: Twins) -> None:
    with CaptureQueriesContext(connection) as sent, brand_tx(twins[0], read_only=True):
        pass

    assert len(sent) == 0


def test_it_does_not_write_held_or_not(twins: Twins) -> None:
    acme, _ = twins
    taken = "UPDATE customers_customer SET name = %s RETURNING name"

    with brand_tx(acme, read_only=True), pytest.raises(DatabaseError, match="read-only"):
        read(taken, ["taken"])
    with pytest.raises(DatabaseError, match="read-only"), brand_tx(acme, read_only=True):
        Customer.objects.update(name="taken")

    with brand_tx(acme):
        assert name_of_c1() == "acme"


def test_it_reads_no_other_brands_data(twins: Twins) -> None:
    acme, globex = twins

    with brand_tx(acme, read_only=True):
        with pytest.raises(DatabaseError, match="permission denied"):
            read(f'SELECT 1 FROM "{globex.schema}".customers_customer WHERE %s', [True])
        assert read(NAME, ["c-1"]) == [("acme",)]


def test_a_read_longer_than_allowed_is_called_off_and_the_door_still_holds(twins: Twins) -> None:
    with brand_tx(twins[0], read_only=True, statement_timeout_ms=50):
        with pytest.raises(DatabaseError, match="statement timeout"):
            read("SELECT pg_sleep(%s)", [20])
        assert read(NAME, ["c-1"]) == [("acme",)]


def test_a_value_is_a_value(twins: Twins) -> None:
    with brand_tx(twins[0], read_only=True):
        assert read(NAME, ["'; SELECT 'globex"]) == []
        assert read("SELECT %(odd)s", {"odd": "50 % of 'c-1'; --"}) == [("50 % of 'c-1'; --",)]


def test_a_transaction_begun_at_a_held_door_is_refused_and_one_begun_after_going_in_is_a_savepoint(
    twins: Twins,
) -> None:
    acme, _ = twins

    with brand_tx(acme, read_only=True):
        with pytest.raises(DoorError, match="go in first"), transaction.atomic():
            name_of_c1()
        go_in()
        with transaction.atomic():
            assert name_of_c1() == "acme"


def test_a_door_inside_it_is_a_savepoint_and_the_outer_one_reads_on(twins: Twins) -> None:
    acme, globex = twins

    with brand_tx(acme, read_only=True):
        with pytest.raises(DatabaseError), brand_tx(acme, read_only=True):
            read("SELECT * FROM there_is_no_such_table", [])
        assert read(NAME, ["c-1"]) == [("acme",)]
        with pytest.raises(DoorError), brand_tx(globex, read_only=True):
            pass
        with pytest.raises(DoorError), brand_tx(acme):
            pass


def test_in_somebodys_transaction_it_goes_in_at_once(db: None, acme: BrandRef) -> None:
    before = now()

    with brand_tx(acme, read_only=True):
        assert read(SETTINGS, [])[0][0] == acme.schema

    assert now()[:2] == before[:2]

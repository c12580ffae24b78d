"""A read of shared data that is sent with its door: nothing of the door outlives the one message."""

import pytest
from django.db import DatabaseError, connection, transaction

from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import DoorError, brand_tx, current_door, read_shared

SLUGS = "SELECT slug FROM accounts_brand WHERE slug = %s"
SETTINGS = "SELECT current_setting('role'), current_setting('search_path'), current_setting('transaction_read_only')"


def now(statement: str) -> tuple[str, ...]:
    """Read on the connection as it is, outside any door."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return tuple(cursor.fetchone())


def read_only_is_told() -> list[tuple[str, ...]]:
    return read_shared(f"{SETTINGS} WHERE %s", [True])


@pytest.mark.django_db(transaction=True)
def test_it_reads_as_the_shared_role_and_leaves_nothing_behind(acme: BrandRef) -> None:
    before = now(SETTINGS)

    assert read_shared(SLUGS, ["acme"]) == [("acme",)]
    (inside,) = read_only_is_told()

    assert inside[0] == "shared"
    assert inside[1].startswith("shared,")
    assert inside[2] == "on"
    assert now(SETTINGS) == before
    assert not connection.in_atomic_block
    assert current_door() is None


@pytest.mark.django_db(transaction=True)
def test_it_does_not_write(acme: BrandRef) -> None:
    with pytest.raises(DatabaseError, match="read-only"):
        read_shared("UPDATE accounts_brand SET name = %s RETURNING name", ["taken"])

    assert read_shared("SELECT name FROM accounts_brand WHERE slug = %s", ["acme"]) == [("Acme",)]


@pytest.mark.django_db(transaction=True)
def test_it_reads_no_brands_data(acme: BrandRef) -> None:
    with pytest.raises(DatabaseError, match="permission denied"):
        read_shared(f'SELECT 1 FROM "{acme.schema}".customers_customer WHERE %s', [True])

    assert read_shared(SLUGS, ["acme"]) == [("acme",)]


@pytest.mark.django_db(transaction=True)
def test_a_value_is_a_value(acme: BrandRef) -> None:
    assert read_shared(SLUGS, ["'; SELECT 'acme"]) == []


def test_inside_somebodys_transaction_it_is_a_door_as_any_other(db: None, acme: BrandRef) -> None:
    before = now(SETTINGS)

    with transaction.atomic():
        assert read_shared(SLUGS, ["acme"]) == [("acme",)]
        assert now(SETTINGS)[:2] == before[:2]


def test_inside_a_brands_door_it_is_refused(db: None, acme: BrandRef) -> None:
    with brand_tx(acme), pytest.raises(DoorError):
        read_shared(SLUGS, ["acme"])

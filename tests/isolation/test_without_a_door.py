"""Each way to brand data without its door fails, with the error PostgreSQL gives for it."""

import asyncio
import contextvars
import threading

import pytest
from asgiref.sync import sync_to_async
from django.core.exceptions import SynchronousOnlyOperation
from django.db import ProgrammingError, connection, transaction

from apps.accounts.models import Brand
from apps.customers.models import Customer
from cxplatform.ids import uuid7
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import DoorError, NoBrand, brand_tx, current_brand, shared_tx, sql
from tests.isolation.conftest import name_of_c1

UNDEFINED_TABLE, NO_PRIVILEGE, INVALID_VALUE = "42P01", "42501", "22023"


def refusal(statement: str, parameters: tuple[object, ...] = ()) -> str | None:
    """Run one statement on a cursor of the current transaction and return the SQLSTATE it fails with."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, parameters)
    except Exception as error:  # whatever it is, its code is what the tests compare
        return getattr(error.__cause__, "sqlstate", None)
    return None


def test_an_unqualified_name_outside_a_door_does_not_exist(twins):
    assert refusal("SELECT * FROM customers_customer") == UNDEFINED_TABLE


def test_a_model_outside_a_door_does_not_exist(twins):
    with pytest.raises(ProgrammingError) as caught:
        Customer.objects.count()

    assert caught.value.__cause__.sqlstate == UNDEFINED_TABLE


def test_a_shared_table_outside_a_door_does_not_exist(twins):
    with pytest.raises(ProgrammingError) as caught:
        Brand.objects.count()

    assert caught.value.__cause__.sqlstate == UNDEFINED_TABLE


def test_a_qualified_name_outside_a_door_is_refused(twins):
    acme, _ = twins

    assert refusal(f'SELECT * FROM "{acme.schema}".customers_customer') == NO_PRIVILEGE
    assert refusal("SELECT * FROM shared.accounts_brand") == NO_PRIVILEGE


def test_another_brands_table_inside_a_door_is_refused(twins):
    acme, globex = twins

    with brand_tx(acme):
        assert refusal(f'SELECT * FROM "{globex.schema}".customers_customer') == NO_PRIVILEGE
        assert refusal("SELECT * FROM shared.accounts_member") == NO_PRIVILEGE
        assert name_of_c1() == "acme"


def test_brand_tables_inside_the_shared_door_are_refused(twins):
    acme, _ = twins

    with shared_tx():
        assert refusal(f'SELECT * FROM "{acme.schema}".customers_customer') == NO_PRIVILEGE
        assert refusal("SELECT * FROM customers_customer") == UNDEFINED_TABLE


def test_a_shared_table_inside_a_brands_door_does_not_exist(twins):
    acme, _ = twins

    with brand_tx(acme):
        assert refusal("SELECT * FROM accounts_brand") == UNDEFINED_TABLE


def test_the_migration_record_is_out_of_reach(twins):
    acme, _ = twins

    with brand_tx(acme):
        assert refusal("SELECT * FROM django_migrations") == NO_PRIVILEGE


def test_a_brand_may_not_change_its_own_structure(twins):
    acme, _ = twins

    with brand_tx(acme):
        assert refusal("ALTER TABLE customers_customer ADD COLUMN x int") == NO_PRIVILEGE
        assert refusal("CREATE TABLE mine (id int)") == NO_PRIVILEGE
        assert refusal("DROP TABLE customers_customer") == NO_PRIVILEGE


def test_public_holds_nothing_and_takes_nothing(twins):
    acme, _ = twins

    with brand_tx(acme):
        assert refusal("CREATE TABLE public.mine (id int)") == NO_PRIVILEGE


def test_the_door_of_a_brand_that_was_never_made_does_not_open(twins):
    stranger = BrandRef(uuid7(), "ghost", "Ghost", "UTC", "USD", "en", "ACTIVE")

    with pytest.raises(Exception) as caught, brand_tx(stranger):  # noqa: PT011  # the code is the assertion
        Customer.objects.count()

    assert caught.value.__cause__.sqlstate == INVALID_VALUE
    assert refusal("SELECT * FROM customers_customer") == UNDEFINED_TABLE


def test_nothing_of_a_door_outlives_it(twins):
    acme, _ = twins
    with brand_tx(acme):
        assert name_of_c1() == "acme"

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_setting('search_path'), session_user")
        role, path, login = cursor.fetchone()

    assert (role, path, login) == ("app_login", "ext", "app_login")


def test_a_door_inside_another_raises(twins):
    acme, globex = twins

    with brand_tx(acme):
        with pytest.raises(DoorError), brand_tx(globex):
            pass
        with pytest.raises(DoorError), shared_tx():
            pass
        assert name_of_c1() == "acme"
    with shared_tx(), pytest.raises(DoorError), brand_tx(acme):
        pass


def test_a_writing_door_inside_a_read_only_one_raises(twins):
    acme, _ = twins

    with brand_tx(acme, read_only=True), pytest.raises(DoorError), brand_tx(acme):
        pass


def test_a_read_only_door_writes_nothing(twins):
    acme, _ = twins

    with pytest.raises(Exception) as caught, brand_tx(acme, read_only=True):  # noqa: PT011
        Customer.objects.create(external_id="c-2")

    assert caught.value.__cause__.sqlstate == "25006"


def test_a_door_inside_a_tests_transaction_puts_back_what_was(twins):
    acme, globex = twins

    with transaction.atomic():
        with brand_tx(acme):
            assert name_of_c1() == "acme"
        with brand_tx(globex):
            assert name_of_c1() == "globex"
        assert refusal("SELECT * FROM customers_customer") == UNDEFINED_TABLE


def test_an_error_inside_a_door_leaves_no_role_behind(twins):
    acme, _ = twins
    with pytest.raises(ZeroDivisionError), brand_tx(acme):
        _ = 1 / 0

    assert refusal("SELECT * FROM customers_customer") == UNDEFINED_TABLE


def test_an_error_in_a_savepoint_leaves_the_door_as_it_was(twins):
    acme, _ = twins

    with brand_tx(acme):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            _ = 1 / 0
        assert name_of_c1() == "acme"


def test_sql_needs_a_door(twins):
    with pytest.raises(DoorError), sql():
        pass


def test_the_current_brand_is_known_inside_its_door_alone(twins):
    acme, _ = twins

    with brand_tx(acme):
        assert current_brand() == acme
    with pytest.raises(NoBrand):
        current_brand()
    with shared_tx(), pytest.raises(NoBrand):
        current_brand()


def test_a_context_copied_out_of_a_door_is_not_in_it(twins):
    acme, _ = twins
    with brand_tx(acme):
        copied = contextvars.copy_context()

    with pytest.raises(NoBrand):
        copied.run(current_brand)


def test_a_thread_started_inside_a_door_is_outside_it(twins):
    acme, globex = twins
    seen: list[object] = []

    def look() -> None:
        try:
            seen.append(Customer.objects.count())
        except ProgrammingError as error:
            seen.append(error.__cause__.sqlstate)
        with brand_tx(globex):
            seen.append(name_of_c1())
        connection.close()

    with brand_tx(acme):
        context = contextvars.copy_context()
        thread = threading.Thread(target=context.run, args=(look,))
        thread.start()
        thread.join(timeout=10)

    assert seen == [UNDEFINED_TABLE, "globex"]


def test_a_door_does_not_open_in_an_event_loop(twins):
    acme, _ = twins

    async def opens() -> None:
        with brand_tx(acme):
            await asyncio.sleep(0)

    with pytest.raises(SynchronousOnlyOperation):
        asyncio.run(opens())


def test_concurrent_asyncio_tasks_each_see_their_own_brand(twins):
    def read(brand: BrandRef) -> str | None:
        with brand_tx(brand):
            return name_of_c1()

    def read_and_close(brand: BrandRef) -> str | None:
        try:
            return read(brand)
        finally:
            connection.close()

    async def many() -> list[tuple[str, str | None]]:
        brands = list(twins) * 20
        one_thread = [sync_to_async(read_and_close, thread_sensitive=True)(brand) for brand in brands]
        threads = [asyncio.to_thread(read_and_close, brand) for brand in brands]
        names = await asyncio.gather(*one_thread, *threads)
        return list(zip([brand.slug for brand in brands * 2], names, strict=True))

    pairs = asyncio.run(many())

    assert len(pairs) == 80
    assert [pair for pair in pairs if pair[0] != pair[1]] == []

"""A statement that PostgreSQL keeps answers as one that is sent as text, for whichever brand, and never for long."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, OperationalError, connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from cxplatform.tenancy import kept, owner
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx, read
from cxplatform.tenancy.kept import Kept

Twins = tuple[BrandRef, BrandRef]

NAME = "SELECT name FROM customers_customer WHERE external_id = %s"
NAMES = "SELECT name FROM customers_customer WHERE name NOT LIKE '%%/%%'"
SETTINGS = """SELECT current_setting('role'), current_setting('search_path'), current_setting('statement_timeout'),
    current_setting('transaction_read_only'), current_setting('plan_cache_mode')"""
OFTEN = kept._AFTER + 2


@pytest.fixture(autouse=True)
def afresh(committed: None) -> None:
    """Begin with a connection on which nothing is kept."""
    connection.close()


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_AFTER", 0)


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have what is kept make place at once, and a plan be old by the next time; two are kept."""
    monkeypatch.setattr(kept, "_LASTS_SECONDS", -1.0)
    monkeypatch.setattr(kept, "_MOST", 2)


def held(column: str = "statement") -> list[str]:
    """List what PostgreSQL keeps on this connection."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM pg_prepared_statements ORDER BY prepare_time")
        return [shown for (shown,) in cursor.fetchall()]


def names() -> list[str]:
    return held("name")


def ask(brand: BrandRef, statement: str, values: list[Any], as_kept: Kept | None = Kept.PARSED, **door: Any) -> Any:
    with brand_tx(brand, read_only=True, **door):
        return read(statement, values, as_kept)


def test_what_comes_often_is_kept_by_each_brand_and_answers_the_same(twins: Twins) -> None:
    for _ in range(OFTEN):
        for brand in twins:
            for how in Kept:
                assert ask(brand, NAME, ["c-1"], how) == [(brand.slug,)]
                assert ask(brand, NAMES, [], how) == [(brand.slug,)]

    # Each brand, each way.
    statements = held()
    assert len(statements) == 8
    assert sum("external_id = $1" in statement for statement in statements) == 4
    assert sum("LIKE '%/%'" in statement for statement in statements) == 4


def test_what_comes_seldom_and_what_is_not_asked_to_be_kept_is_not(twins: Twins) -> None:
    for _ in range(kept._AFTER):
        ask(twins[0], NAME, ["c-1"])
    for _ in range(OFTEN):
        ask(twins[0], NAME, ["c-1"], None)

    assert held() == []


def test_it_is_sent_with_its_door_as_one_message_that_leaves_nothing_behind(twins: Twins) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SETTINGS)
        before = cursor.fetchone()
    for _ in range(OFTEN):
        ask(twins[0], SETTINGS, [], statement_timeout_ms=700)

    with CaptureQueriesContext(connection) as sent:
        ((*inside,),) = ask(twins[0], SETTINGS, [], Kept.PARSED, statement_timeout_ms=700)

    assert inside == [twins[0].schema, f"{twins[0].schema}, ext", "700ms", "on", "force_custom_plan"]
    assert len(sent) == 1
    assert "EXECUTE" in sent[0]["sql"]
    with connection.cursor() as cursor:
        cursor.execute(SETTINGS)
        assert cursor.fetchone() == before


def test_in_a_transaction_that_is_open_it_goes_as_text(at_once: None, twins: Twins) -> None:
    with brand_tx(twins[0]):
        assert read(NAME, ["c-1"], Kept.PLANNED) == [("acme",)]

    assert held() == []


def test_it_writes_nothing_and_reads_no_other_brand(at_once: None, twins: Twins) -> None:
    acme, globex = twins
    taken = "UPDATE customers_customer SET name = 'taken' RETURNING name"
    theirs = f'SELECT name FROM "{globex.schema}".customers_customer'

    for _ in range(2):
        with pytest.raises(DatabaseError, match="read-only"):
            ask(acme, taken, [])
        with pytest.raises(DatabaseError, match="permission denied"):
            ask(acme, theirs, [])

    assert [ask(brand, NAMES, []) for brand in twins] == [[("acme",)], [("globex",)]]


_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.decimals(-(10**9), 10**9, places=3),
    st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)).map(lambda moment: moment.replace(tzinfo=UTC)),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.uuids(),
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20),
)


@hypothesis_settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(values=st.lists(_VALUES, min_size=1, max_size=5))
def test_values_of_every_type_come_back_as_those_sent_as_text(at_once: None, acme: BrandRef, values: list[Any]) -> None:
    shown = "SELECT " + ", ".join(["jsonb_build_array(%s, '%%')"] * len(values))
    placed = "SELECT '[[7], 8]'::jsonb, " + ", ".join(["%s"] * len(values))

    for statement in (shown, placed):
        text = _outcome(lambda statement=statement: ask(acme, statement, values, None))
        assert [_outcome(lambda statement=statement: ask(acme, statement, values)) for _ in range(2)] == [text, text]


def _outcome(ask_: Callable[[], Any]) -> Any:
    try:
        return ask_()
    except DatabaseError as error:
        return type(error)


def test_values_are_of_the_type_that_their_text_is_of(at_once: None, acme: BrandRef) -> None:
    typed = "SELECT pg_typeof(%s)::text"
    moment = datetime(2026, 3, 2, tzinfo=UTC)
    values = (True, 2**40, 0.5, 1e300, Decimal("1.5"), moment, moment.date(), UUID(int=1))

    told = [(ask(acme, typed, [value]), ask(acme, typed, [value], None)) for value in values]

    assert [as_kept for as_kept, _ in told] == [as_text for _, as_text in told]
    # A literal is of the smallest type that holds it, and there would be a plan for each.
    assert (ask(acme, typed, [3]), ask(acme, typed, [3], None)) == ([("bigint",)], [("integer",)])
    # Fractions and decimals are of one type.
    assert len(held()) == 6


def test_values_of_no_type_yet_find_the_same_rows(at_once: None, twins: Twins) -> None:
    for condition, value in (
        ("name = %s", "acme"),
        ("name = %s", None),
        ("name = ANY(%s)", ["acme", "other"]),
        ("now() - created_at < %s", timedelta(days=1)),
        ("attributes @> %s", '{"a": 1}'),
    ):
        statement = f"SELECT name FROM customers_customer WHERE {condition}"
        assert ask(twins[0], statement, [value]) == ask(twins[0], statement, [value], None), condition

    assert len(held()) == 4


def test_what_cannot_be_kept_goes_as_text(at_once: None, acme: BrandRef) -> None:
    # There is an element by place for an integer of 32 bits, which is what a literal is.
    by_place = "SELECT '[7]'::jsonb -> %s"

    for _ in range(2):
        assert ask(acme, by_place, [0]) == [("7",)]
    assert held() == []


def test_what_fails_fails_as_text_does_and_is_kept_all_the_same(at_once: None, acme: BrandRef) -> None:
    for divisor, outcome in ((2, [(0,)]), (0, DatabaseError), (1, [(1,)])):
        assert _outcome(lambda divisor=divisor: ask(acme, "SELECT 1 / %s", [divisor])) in (
            outcome,
            *([] if outcome is not DatabaseError else [DatabaseError, *DatabaseError.__subclasses__()]),
        )
    with pytest.raises(OperationalError, match="statement timeout"):
        ask(acme, "SELECT pg_sleep(%s)", [5], Kept.PARSED, statement_timeout_ms=100)

    assert len(held()) == 2


def test_a_migration_that_changes_what_it_answers_is_lived_through(at_once: None, acme: BrandRef) -> None:
    statement, table = "SELECT * FROM for_a_test", f'"{acme.schema}".for_a_test'
    with owner.owner_tx(acme.schema) as cursor:
        # A table of its own: what is dropped of another leaves traces.
        cursor.execute(f'CREATE TABLE {table} (a integer); GRANT SELECT ON {table} TO "{acme.schema}"')
    try:
        assert ask(acme, statement, []) == []
        assert len(held()) == 1
        with owner.owner_tx(acme.schema) as cursor:
            cursor.execute(f"ALTER TABLE {table} ADD COLUMN b integer; INSERT INTO {table} VALUES (1, 2)")

        assert [ask(acme, statement, []) for _ in range(2)] == [[(1, 2)]] * 2
        assert len(held()) == 1
    finally:
        with owner.owner_tx(acme.schema) as cursor:
            cursor.execute(f"DROP TABLE {table}")


def test_what_postgresql_was_made_to_forget_is_kept_anew(at_once: None, twins: Twins) -> None:
    ask(twins[0], NAME, ["c-1"])
    with connection.cursor() as cursor:
        cursor.execute("DISCARD ALL")

    assert ask(twins[0], NAME, ["c-1"]) == [("acme",)]
    assert ask(twins[0], NAME, ["c-1"]) == [("acme",)]
    assert len(held()) == 1


def test_what_was_forgotten_is_no_error_where_it_makes_place(at_once: None, soon: None, acme: BrandRef) -> None:
    ask(acme, "SELECT 1", [])
    ask(acme, "SELECT 2", [])
    with connection.cursor() as cursor:
        cursor.execute("DISCARD ALL")

    assert ask(acme, "SELECT 3", []) == [(3,)]
    assert ask(acme, "SELECT 3", []) == [(3,)]
    assert len(held()) == 1


def test_a_plan_is_made_anew_after_a_while(at_once: None, soon: None, twins: Twins) -> None:
    found = [(ask(twins[0], NAME, ["c-1"], Kept.PLANNED), names()) for _ in range(3)]

    # Of one that is only parsed, a plan is made each time.
    parsed = [(ask(twins[0], NAMES, []), names()[-1]) for _ in range(3)]

    assert found == [([("acme",)], [name]) for name in ("kept_1", "kept_2", "kept_3")]
    assert parsed == [([("acme",)], "kept_4")] * 3


def test_what_is_used_makes_no_place_for_others(at_once: None, twins: Twins, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_MOST", 2)
    with CaptureQueriesContext(connection) as sent:
        for _ in range(5):
            for number in range(3):
                assert ask(twins[0], f"SELECT {number}", []) == [(number,)]

    assert sum("PREPARE" in query["sql"] for query in sent) == 2
    assert not any("DEALLOCATE" in query["sql"] for query in sent)
    # Ten of those that are kept, the two times that they were prepared, and five as text.
    assert len(sent) == 5 * 3 + 2


def test_what_is_used_no_more_makes_place(at_once: None, soon: None, acme: BrandRef) -> None:
    for number in range(5):
        assert ask(acme, f"SELECT {number}", []) == [(number,)]
    # What made place goes with the next that is sent.
    assert len(held()) == 2
    assert ask(acme, "SELECT 0", []) == [(0,)]
    assert any(statement.endswith("SELECT 0") for statement in held())


def test_no_more_are_counted_than_so_many(acme: BrandRef, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_MOST_COUNTED", 2)
    for _ in range(OFTEN):
        for number in range(3):
            ask(acme, f"SELECT {number}", [])

    assert held() == []


def test_it_can_be_switched_off(at_once: None, acme: BrandRef, settings: Any) -> None:
    settings.CX_KEEP_STATEMENTS = False

    assert ask(acme, NAMES, []) == []
    assert held() == []

"""A page of a list in its usual order is read from an index, whatever the list: it costs as much in a large table."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from django.apps import apps
from django.db import connections, models
from django.test.utils import CaptureQueriesContext

from apps.accounts.permissions import Role
from config.schema import schema
from cxplatform.jobs.lease import plane_door
from cxplatform.tenancy.brand import SHARED_SCHEMA, BrandRef
from tests.graphql.conftest import Asker
from tests.isolation.api import world

# From about a tenth of that on the planner prefers an index that is there.
ROWS = 3_000
_QUERY = schema._schema.query_type
assert _QUERY is not None
# One version of a reason holds at a time, so copies of it cannot: `reasonTree` reads by `reason_version_by_path`.
LISTS = sorted(name for name, field in _QUERY.fields.items() if "orderBy" in field.args and name != "reasonTree")
_PROVIDERS = {"providerAuditEvents"}
# Of what people report, a touchpoint may have any number.
_AS_IT_IS = {("Friction", "rule")}
Plan = dict[str, Any]


@pytest.fixture
def reader(committed: None, acme: BrandRef) -> Asker:
    """Somebody who may read every list, with a row in each."""
    world.fill(acme)
    return Asker(world.person(Role.PROVIDER_ADMIN, acme).token, brand="acme")


def read(name: str, reader: Asker, after: str | None = None, order: str = "") -> tuple[str, str]:
    """Read a page in the usual order, or in another: its statement, and the cursor of its end."""
    asked = f"{name}(first: 20, after: $after {order})"
    query = f"query($after: String) {{ {asked} {{ nodes {{ id }} pageInfo {{ endCursor }} }} }}"
    with CaptureQueriesContext(connections["default"]) as captured:
        page = reader.data(query, {"after": after})[name]
    (statement,) = [each["sql"] for each in captured if " ORDER BY " in each["sql"] and " LIMIT 21" in each["sql"]]
    _, _, alone = statement.partition("; ")  # it was sent with its door
    return alone, page["pageInfo"]["endCursor"]


def fill(statement: str, brand: BrandRef | None) -> None:
    """Fill the statement's table with many copies of its rows, a minute apart, that differ in what is unique."""
    table = re.search(r' FROM "(\w+)"', statement)
    assert table is not None
    (model,) = [m for m in apps.get_models() if m._meta.db_table == table[1] and not m._meta.proxy]
    _fill(model, brand)


def _fill(model: type[models.Model], brand: BrandRef | None) -> None:
    table = model._meta.db_table
    columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
    values = ", ".join(_copied(field, model) for field in model._meta.concrete_fields)
    copies = f"(SELECT *, row_number() OVER () AS place FROM {table}, generate_series(1, {ROWS}) n) copies"
    for field in model._meta.concrete_fields:
        if field.one_to_one and field.related_model is not None and field.related_model != "self":
            _fill(field.related_model, brand)
            copies += (
                f" JOIN (SELECT id AS free_{field.column}, row_number() OVER () AS place FROM"
                f" {field.related_model._meta.db_table} WHERE id NOT IN (SELECT {field.column} FROM {table}"
                f" WHERE {field.column} IS NOT NULL)) free_{field.column}_rows USING (place)"
            )
    with plane_door(brand), connections["default"].cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {values} FROM {copies}")
        assert cursor.rowcount >= ROWS
    with connections["owner"].cursor() as cursor:
        cursor.execute(f'ANALYZE "{brand.schema if brand else SHARED_SCHEMA}"."{table}"')


def _copied(field: "models.Field[Any, Any]", model: type[models.Model]) -> str:
    together = {
        _last_own(each.fields, model) for each in model._meta.constraints if isinstance(each, models.UniqueConstraint)
    }
    if field.one_to_one:
        return f'"free_{field.column}"'
    if isinstance(field, models.DateTimeField):
        return f"\"{field.column}\" + n * interval '1 minute'"
    named = (model.__name__, field.name)
    # The path of a reason at the root is its name.
    if named in _AS_IT_IS or (not field.unique and field.name not in together and named != ("Reason", "name")):
        return f'"{field.column}"'
    if isinstance(field, models.UUIDField | models.BinaryField):
        return "gen_random_uuid()" if isinstance(field, models.UUIDField) else "uuid_send(gen_random_uuid())"
    if isinstance(field, models.CharField):
        return f"\"{field.column}\" || '-' || n"
    return f'"{field.column}" * {10 * ROWS} + n'


def _last_own(names: Sequence[str], model: type[models.Model]) -> str:
    """Return the last of these that is no relation, if there is one: a copy of it names nothing that is not there."""
    return next((name for name in reversed(names) if not model._meta.get_field(name).is_relation), names[-1])


def nodes_of(statement: str, brand: BrandRef | None) -> Iterator[Plan]:
    """Walk through the statement's plan."""
    with plane_door(brand), connections["default"].cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}")
        (explained,) = cursor.fetchone()[0]
    pending = [explained["Plan"]]
    while pending:
        node = pending.pop()
        yield node
        pending += node.get("Plans", [])


@pytest.mark.parametrize("name", LISTS)
def test_a_page_in_the_usual_order_starts_inside_an_index(name: str, reader: Asker, acme: BrandRef) -> None:
    brand = None if name in _PROVIDERS else acme
    fill(read(name, reader)[0], brand)

    first, end = read(name, reader)
    second, _ = read(name, reader, end)

    for statement in (first, second):
        kinds = {node["Node Type"] for node in nodes_of(statement, brand)}
        assert kinds & {"Index Scan", "Index Only Scan"}, kinds
        assert not kinds & {"Sort", "Seq Scan"}, kinds


def test_an_order_without_an_index_is_told_from_one_with(reader: Asker, acme: BrandRef) -> None:
    """Guard the guard."""
    statement, _ = read("customers", reader, order="orderBy: [{field: UPDATED_AT, direction: DESC}]")
    fill(statement, acme)

    assert {node["Node Type"] for node in nodes_of(statement, acme)} >= {"Sort", "Seq Scan"}

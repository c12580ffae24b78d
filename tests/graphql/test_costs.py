"""What an operation may cost before it runs, and what it says it did cost."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.metrics.graphql import prices
from cxplatform.graphql.documents import Documents
from cxplatform.graphql.prices import ENTRANCE, Price
from cxplatform.graphql.schema import served_schema
from cxplatform.graphql.tariff import Tariff
from cxplatform.tenancy.brand import BrandRef
from tests.graphql.conftest import Asker, codes
from tests.graphql.rows import page_of_everything

YEAR = 'window: {from: "2025-01-01T00:00:00Z", to: "2026-01-01T00:00:00Z"}'
# Beyond the ten that every request costs.
COSTS = {
    "{ __typename }": 0,
    "{ me { name email } }": 1,
    "{ interactions { nodes { id } } }": 1 + 20,
    "{ interactions(first: 50) { nodes { id subject } pageInfo { hasNextPage } } }": 1 + 50,
    "{ interactions(last: 7) { edges { cursor node { id } } } }": 1 + 7,
    "{ interactions(first: 5) { totalCount } }": 1 + 10,
    "{ interactions(first: 5) { nodes { customer { id } reason { parent { name } } } } }": 1 + 5 * (1 + 1 + 2),
    "{ customers(first: 4) { nodes { interactions(first: 3) { nodes { id } } } } }": 1 + 4 * (1 + 1 + 3),
    "{ a: me { name } b: me { name } me { name } me { email } }": 3,
    "{ ...F ...F } fragment F on Query { interactions(first: 5) { nodes { id } } }": 1 + 5,
    "{ interactions(first: 100000) { nodes { id } } }": 1 + 100,
    "{ interactions(first: 0) { nodes { id } } }": 1 + 1,
    "query ($n: Int = 30) { interactions(first: $n) { nodes { id } } }": 1 + 30,
    "query ($n: Int) { interactions(first: $n) { nodes { id } } }": 1 + 20,
    'mutation { revokeApiKey(input: {id: "x"}) { apiKey { id } } }': 10,
    'subscription { importJobProgressed(id: "x") { state } }': 10,
    f"{{ metric(key: AHT, {YEAR}) {{ value }} }}": 23,
    f"{{ metric(key: AHT, {YEAR}) {{ value guardRail {{ value }} }} }}": 43,
    f"{{ metric(key: AHT, {YEAR}, compareTo: PREVIOUS_PERIOD) {{ value }} }}": 45,
    f"{{ metrics(keys: [AHT, NPS], {YEAR}) {{ value }} }}": 45,
    f"{{ metricSeries(key: AHT, {YEAR}, grain: DAY) {{ groups {{ points {{ value }} }} }} }}": 37,
    f"{{ metricHeatmap(key: AHT, {YEAR}) {{ unit }} }}": 96,
    f"{{ metricRecords(key: AHT, {YEAR}, first: 5) {{ nodes {{ __typename }} }} }}": 96 + 5,
    '{ calendar(id: "x") { isOpen nextOpening } }': 1 + 1 + 8,
    '{ calendar(id: "x") { openSeconds(from: "2025-01-01T00:00:00Z", to: "2026-01-01T00:00:00Z") } }': 185,
    '{ calendar(id: "x") { deadline(from: "2025-01-01T00:00:00Z", seconds: 86400) } }': 11,
    f'{{ calendar(id: "x") {{ deadline(from: "2025-01-01T00:00:00Z", seconds: 1{400 * "0"}) }} }}': 185,
    f"{{ metricBreakdown(key: AHT, {YEAR}, groupBy: QUEUE) {{ label metric {{ value }} }} }}": 102,
}


@pytest.fixture(scope="module")
def documents() -> Documents:
    return Documents(served_schema())


@pytest.mark.parametrize("text", COSTS)
def test_a_document_costs_what_it_may_read(documents: Documents, text: str) -> None:
    assert documents.prepare(text, None).cost(None).requested == ENTRANCE + COSTS[text]


@pytest.mark.parametrize(("size", "rows"), [(7, 7), (7.0, 7), (None, 20), (0, 1), (-5, 1), (1_000, 100), ("x", 20)])
def test_a_page_is_as_large_as_its_variable_says(documents: Documents, size: object, rows: int) -> None:
    text = "query ($n: Int = 30) { interactions(first: $n) { nodes { id } } }"

    assert documents.prepare(text, None).cost({"n": size}).requested == ENTRANCE + 1 + rows


def _pages(last: int) -> str:
    """Cost 4,936 points and as many again as the last page has rows: 24 pages with a relation, and two without."""
    full = " ".join(f"a{n}: interactions(first: 100) {{ nodes {{ reason {{ name }} }} }}" for n in range(24))
    plain = " ".join(f"b{size}: interactions(first: {size}) {{ nodes {{ id }} }}" for size in (100, last))
    return f"{{ {full} {plain} }}"


def test_the_cost_at_the_limit_is_taken_and_one_point_more_is_not(admin: Asker, documents: Documents) -> None:
    taken = admin.ask(_pages(64))

    assert "errors" not in taken
    assert taken["extensions"]["cost"]["requested"] == 5_000
    refused = admin.ask(_pages(65))
    assert (codes(refused), "data" in refused) == (["QUERY_TOO_COMPLEX"], False)
    assert "5,001" in refused["errors"][0]["message"]


def test_an_operation_that_could_cost_too_much_is_refused_before_it_runs(admin: Asker) -> None:
    answer = admin.ask("{ customers(first: 100) { nodes { interactions(first: 100) { nodes { id } } } } }")

    assert codes(answer) == ["QUERY_TOO_COMPLEX"]
    assert "data" not in answer


def test_the_page_of_fifty_contacts_and_a_dashboard_are_far_below_the_limit(documents: Documents) -> None:
    page = """{ interactions(first: 50) { nodes { id customer { id name } queue { key } reason { path }
      surveyResponses(first: 5) { nodes { id score } } } totalCount } }"""
    tiles = " ".join(f"t{n}: metricSeries(key: AHT, {YEAR}, grain: DAY) {{ unit }}" for n in range(20))

    assert documents.prepare(page, None).cost(None).requested == 521
    assert documents.prepare(f"{{ {tiles} }}", None).cost(None).requested == 747


def test_the_largest_series_of_the_contract_may_be_asked_for(documents: Documents) -> None:
    largest = f"{{ metricSeries(key: AHT, {YEAR}, grain: HOUR, groupBy: QUEUE, top: 50) {{ unit }} }}"

    assert documents.prepare(largest, None).cost(None).requested == 4_193


def test_an_answer_tells_what_it_cost(admin: Asker, acme: BrandRef) -> None:
    page_of_everything(acme, 3)

    answer = admin.ask("{ interactions(first: 50) { nodes { id } } }")

    cost = answer["extensions"]["cost"]
    assert (cost["requested"], cost["actual"]) == (61, 14)


def test_what_it_cost_is_never_more_than_was_requested(admin: Asker, acme: BrandRef) -> None:
    page_of_everything(acme, 3)

    cost = admin.ask("{ interactions(first: 1) { nodes { id } } }")["extensions"]["cost"]

    assert (cost["requested"], cost["actual"]) == (12, 12)


def test_what_was_not_executed_tells_no_cost(admin: Asker) -> None:
    assert "extensions" not in admin.ask("query ($id: ID!) { node(id: $id) { id } }")


def test_every_field_of_the_schema_has_a_price() -> None:
    schema = served_schema().core
    tariff = Tariff(schema)

    unpriced = [
        f"{name}.{field_name}"
        for name in ("Query", "Mutation", "Subscription")
        for field_name, field in schema.type_map[name].fields.items()  # type: ignore[attr-defined]  # they are objects
        if tariff.price(field_name, field) == Price()
    ]

    assert unpriced == []


_leaf = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
_anything = _leaf | st.lists(_leaf, max_size=3)
_arguments = st.dictionaries(
    st.sampled_from(["key", "keys", "window", "grain", "groupBy", "top", "compareTo"]),
    _anything | st.fixed_dictionaries({"from": _anything, "to": _anything}),
)


@given(arguments=_arguments)
def test_the_price_of_a_metric_bears_any_argument(arguments: dict[str, Any]) -> None:
    for price in (prices.A_VALUE, prices.VALUES, prices.A_SERIES, prices.A_BREAKDOWN):
        for amount in (price.own, price.times):
            assert not callable(amount) or amount(arguments) >= 0 or amount(arguments) != amount(arguments)

"""However a timeline is walked, it is what sorting everything says."""

from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cxplatform.graphql.global_ids import global_id, read_global_id
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, codes
from tests.graphql.rows import START
from tests.graphql.timeline.lives import Told, live

PAGE = """query($id: ID!, $first: Int, $after: String, $last: Int, $before: String, $direction: SortDirection!,
  $where: TimelineWhere) { node(id: $id) { ... on Customer {
    timeline(first: $first, after: $after, last: $last, before: $before, direction: $direction, where: $where) {
      edges { cursor node { at kind what { ... on Node { __typename id } } } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount } } } }"""
KINDS = (
    "JOINED", "CHURNED", "ORDER", "SUBSCRIPTION", "REFERRED", "BROUGHT", "INTERACTION", "TOUCHPOINT_EVENT", "CASE",
    "SURVEY_RESPONSE", "HANDOFF", "PROMISE", "CONSENT", "STAGE",
)  # fmt: skip
TYPES = {
    "JOINED": "Customer", "CHURNED": "Customer", "ORDER": "Order", "SUBSCRIPTION": "Order", "REFERRED": "Referral",
    "BROUGHT": "Referral", "INTERACTION": "Interaction", "TOUCHPOINT_EVENT": "TouchpointEvent", "CASE": "Case",
    "SURVEY_RESPONSE": "SurveyResponse", "HANDOFF": "Handoff", "PROMISE": "PromiseOutcome", "CONSENT": "ConsentRecord",
    "STAGE": "StageVisit",
}  # fmt: skip


@pytest.fixture
def ann(db: None, acme: BrandRef) -> tuple[str, list[Told]]:
    with brand_tx(acme):
        live("bob", 2, seed=1)
        customer, told = live("ann", 8, seed=2)
    return global_id("Customer", customer.pk), told


def walk(asker: Asker, variables: dict[str, Any], size: int, *, forward: bool) -> tuple[list[Told], list[int]]:
    """Walk through all pages from one end to the other; what was told, from the first on, and each page's count."""
    told, counts, cursor = [], [], None
    names = ("first", "after", "hasNextPage", "endCursor") if forward else (
        "last", "before", "hasPreviousPage", "startCursor"
    )  # fmt: skip
    while True:
        page = asker.data(PAGE, {**variables, names[0]: size, names[1]: cursor})["node"]["timeline"]
        read = [told_by(edge["node"]) for edge in page["edges"]]
        told = told + read if forward else read + told
        counts.append(page["totalCount"])
        cursor = page["pageInfo"][names[3]]
        if not page["pageInfo"][names[2]]:
            return told, counts


def told_by(node: dict[str, Any]) -> tuple[str, UUID, str]:
    type_name, key = read_global_id(node["what"]["id"])
    assert node["what"]["__typename"] == type_name == TYPES[node["kind"]]
    return node["at"], key, node["kind"]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    size=st.sampled_from([3, 7, 20, 86, 100]),
    forward=st.booleans(),
    direction=st.sampled_from(["DESC", "ASC"]),
    kinds=st.none() | st.sets(st.sampled_from(KINDS), max_size=4),
    window=st.none() | st.tuples(st.integers(-1, 7), st.integers(-1, 7)),
)
def test_pages_walked_both_ways_are_the_sort_of_all(  # noqa: PLR0917  # drawn
    ann: tuple[str, list[Told]], admin: Asker, size: int, forward: bool, direction: str, kinds: Any, window: Any
) -> None:
    customer, told = ann
    hours = [START.replace(hour=START.hour + hour) for hour in window or ()]
    where: dict[str, Any] = {"kind": {"oneOf": sorted(kinds)}} if kinds is not None else {}
    if hours:
        where["at"] = {"range": {"gte": hours[0].isoformat(), "lt": hours[1].isoformat()}}

    walked, counts = walk(admin, {"id": customer, "direction": direction, "where": where}, size, forward=forward)

    expected = [
        (at.isoformat(), key, kind)
        for at, key, kind in sorted(told, reverse=direction == "DESC")
        if (kinds is None or kind in kinds) and (not hours or hours[0] <= at < hours[1])
    ]
    assert walked == expected
    assert set(counts) == {len(expected)}


def test_conditions_are_combined_as_everywhere(ann: tuple[str, list[Told]], admin: Asker) -> None:
    customer, told = ann
    since = {"at": {"range": {"gte": START.isoformat()}}}
    where = {
        "OR": [{"kind": {"eq": "JOINED"}}, {"AND": [{"kind": {"eq": "ORDER"}}, {"NOT": since}]}, since],
        "NOT": {"kind": {"oneOf": [kind for kind in KINDS if kind != "JOINED"]}},
    }

    walked, _ = walk(admin, {"id": customer, "direction": "DESC", "where": where}, 20, forward=True)

    assert [kind for _, _, kind in walked] == ["JOINED"]
    assert len(told) == 86 - 2


@pytest.mark.parametrize(
    "asked",
    [{"first": 2, "last": 2}, {"first": 101}, {"first": 2, "after": "garbage"}, {"first": 2, "after": "WyJhdCJd"}],
)
def test_pages_that_cannot_be_are_refused(ann: tuple[str, list[Told]], admin: Asker, asked: dict[str, Any]) -> None:
    answer = admin.ask(PAGE, {"id": ann[0], "direction": "DESC", **asked})

    assert codes(answer) == ["BAD_USER_INPUT"]
    assert answer["data"]["node"]["timeline"] is None


def test_a_cursor_of_one_direction_is_none_of_the_other(ann: tuple[str, list[Told]], admin: Asker) -> None:
    variables = {"id": ann[0], "first": 2}
    page = admin.data(PAGE, {**variables, "direction": "DESC"})["node"]["timeline"]

    answer = admin.ask(PAGE, {**variables, "direction": "ASC", "after": page["pageInfo"]["endCursor"]})

    assert codes(answer) == ["BAD_USER_INPUT"]

"""Which departments lose most between them: worst first, by what can be told of them, with what it is that fails."""

from typing import Any

import pytest

from apps.accounts.permissions import Role
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker, codes
from tests.metrics.rows import store

MARCH = 'window: {from: "2026-03-01T00:00:00-05:00", to: "2026-04-01T00:00:00-04:00"}'
WHOLE = {
    "handed_at": "2026-03-02T09:00Z", "accepted_at": "2026-03-02T10:00Z", "context_passed": True,
    "question_repeated": False, "promise_kept": True,
}  # fmt: skip
LATE = {**WHOLE, "accepted_at": "2026-03-04T09:00Z"}
ASKED = {**WHOLE, "question_repeated": True}


def handed(giver: str, taker: str, *rows: dict[str, Any]) -> list[dict[str, Any]]:
    return [{**row, "from_department": giver, "to_department": taker} for row in rows]


@pytest.fixture
def viewer(asker: MakeAsker, acme: BrandRef) -> Asker:
    with brand_tx(acme):
        store(
            [
                *handed("sales", "delivery", *[WHOLE] * 2, *[ASKED] * 4, *[LATE] * 2, {**WHOLE, "promise_kept": None}),
                *handed("delivery", "support", *[WHOLE] * 9, LATE),
                *handed("support", "sales", ASKED, {**WHOLE, "handed_at": "2026-02-02T09:00Z"}),
                *handed("sales", "support", {**WHOLE, "promise_kept": None}),
            ]
        )
    return asker(Role.VIEWER)


def pairs(viewer: Asker, fields: str, **given: Any) -> Any:
    more = "".join(f", {name}: {value}" for name, value in given.items())
    return viewer.data(f"{{ handoffPairs({MARCH}{more}) {{ tooFew pairs {{ {fields} }} }} }}")["handoffPairs"]


def test_a_pair_is_told_with_what_it_rests_on_and_what_fails_there(viewer: Asker) -> None:
    fields = """giver { key } taker { key name } handoffs intact sampleSize value interval { low high method } failsMost
      checks { check share failed sampleSize }"""

    found = pairs(viewer, fields, minimum=8, top=1)

    assert found["tooFew"] == 2
    (worst,) = found["pairs"]
    interval = worst.pop("interval")
    assert (round(interval["low"], 3), round(interval["high"], 3), interval["method"]) == (0.071, 0.591, "WILSON")
    assert worst == {
        "giver": {"key": "sales"}, "taker": {"key": "delivery", "name": "delivery"}, "handoffs": 9, "intact": 2,
        "sampleSize": 8, "value": 0.25, "failsMost": "ASKED_ONCE",
        "checks": [
            {"check": "ACCEPTED_IN_TIME", "share": pytest.approx(7 / 9), "failed": 2, "sampleSize": 9},
            {"check": "CONTEXT_PASSED", "share": 1.0, "failed": 0, "sampleSize": 9},
            {"check": "ASKED_ONCE", "share": pytest.approx(5 / 9), "failed": 4, "sampleSize": 9},
            {"check": "PROMISE_KEPT", "share": 1.0, "failed": 0, "sampleSize": 8},
        ],
    }  # fmt: skip


def test_the_worst_is_the_one_that_is_at_best_the_lowest_not_one_of_a_single_hand_off(viewer: Asker) -> None:
    found = pairs(viewer, "giver { key } taker { key } value", minimum=1)

    told = [(each["giver"]["key"], each["taker"]["key"], each["value"]) for each in found["pairs"]]
    assert told == [("sales", "delivery", 0.25), ("support", "sales", 0.0), ("delivery", "support", 0.9)]
    assert found["tooFew"] == 1


def test_pairs_are_narrowed_as_the_metric_is_and_agree_with_it(viewer: Asker) -> None:
    where = '{toDepartment: ["support"], fromDepartment: ["delivery"]}'

    found = pairs(viewer, "giver { key } value", minimum=1, where=where)
    metric = viewer.data(f"{{ metric(key: HANDOFF_INTEGRITY, {MARCH}, where: {where}) {{ value sampleSize }} }}")
    groups = viewer.data(
        f"{{ metricBreakdown(key: HANDOFF_INTEGRITY, {MARCH}, groupBy: FROM_DEPARTMENT) {{ key metric {{ value }} }} }}"
    )

    assert found == {"tooFew": 0, "pairs": [{"giver": {"key": "delivery"}, "value": 0.9}]}
    assert metric["metric"] == {"value": 0.9, "sampleSize": 10}
    assert {each["key"]: each["metric"]["value"] for each in groups["metricBreakdown"]} == {
        "sales": 0.25, "delivery": 0.9, "support": 0.0,
    }  # fmt: skip


@pytest.mark.parametrize("given", [{"minimum": 0}, {"top": 0}, {"top": 201}, {"where": '{queue: ["q"]}'}], ids=str)
def test_what_makes_no_sense_is_refused(viewer: Asker, given: dict[str, Any]) -> None:
    more = "".join(f", {name}: {value}" for name, value in given.items())

    assert codes(viewer.ask(f"{{ handoffPairs({MARCH}{more}) {{ tooFew }} }}")) == ["BAD_USER_INPUT"]


def test_why_hand_offs_are_left_out_is_told_row_by_row(asker: MakeAsker, viewer: Asker) -> None:
    analyst = asker(Role.ANALYST)
    query = f"""{{ metricRecords(key: HANDOFF_INTEGRITY, {MARCH}, part: EXCLUDED) {{
      totalCount exclusions {{ reason count }} nodes {{ ... on Handoff {{ toDepartment {{ key }} }} }} }} }}"""

    found = analyst.data(query)["metricRecords"]

    assert found["exclusions"] == [{"reason": "It names no promise, nor says whether one was kept.", "count": 2}]
    assert sorted(each["toDepartment"]["key"] for each in found["nodes"]) == ["delivery", "support"]
    assert found["totalCount"] == 2

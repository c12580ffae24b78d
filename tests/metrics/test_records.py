"""From a number to its rows: every part's, all of them, each once, and why the others are left out."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.accounts.permissions import Role
from apps.interactions.models import Agent, Interaction
from apps.metrics import selectors
from apps.metrics.definitions.metric import Metric
from apps.metrics.definitions.parts import Variant
from apps.metrics.definitions.registry import METRICS
from apps.metrics.definitions.vocabulary import DimensionKey, Part
from apps.metrics.drilldown import metric_records
from apps.metrics.filters import where_of
from apps.metrics.recompute import recompute_all
from apps.metrics.records import Record
from apps.metrics.windows import Window
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker, codes
from tests.metrics.april import APRIL, NOW, answers, at, call
from tests.metrics.drawn import scratch, settings_of_rows, spans
from tests.metrics.rows import store
from tests.metrics.test_recount import with_database

pytestmark = pytest.mark.django_db
VARIANTS = [(metric, variant) for metric in METRICS.values() for variant in metric.variants]
NAMED = [pytest.param(*pair, id=f"{pair[0].key} {pair[1].key}") for pair in VARIANTS]


def paged(drilldown: Any, size: int) -> list[Record]:
    """Read all rows, page by page."""
    found: list[Record] = []
    while page := drilldown.page(after=found[-1].position if found else None, limit=size):
        found += page
    return found


@with_database
@given(data=st.data())
def test_the_rows_of_every_part_are_those_that_the_number_counts(acme: BrandRef, data: st.DataObject) -> None:
    zone, first, rows = data.draw(settings_of_rows())
    window, now = data.draw(spans(zone, first)), first + timedelta(days=data.draw(st.sampled_from([20, 28, 60])))
    size = data.draw(st.sampled_from([1, 3, 100]))
    brand = replace(acme, time_zone=zone.key)

    with scratch():
        with brand_tx(brand):
            store(rows)
        if data.draw(st.booleans(), label="from rollups"):
            recompute_all(brand, now=now)
        with brand_tx(brand):
            for metric, variant in VARIANTS:
                answer = selectors.metric_value(metric.key, window, variant=variant.key, now=now)
                found = {}
                for part in Part:
                    drilldown = metric_records(metric.key, window, part=part, variant=variant.key, now=now)
                    found[part] = paged(drilldown, size)
                    assert drilldown.count() == len(found[part])
                    assert dict(drilldown.reasons()) == Counter(row.reason for row in found[part] if row.reason)
                check_parts(answer, found)


def check_parts(answer: Any, found: dict[Part, list[Record]]) -> None:
    """See that what the rows add makes the number, that each is there once, newest first, and has its reason."""
    assert sum(row.amount or 0 for row in found[Part.NUMERATOR]) == pytest.approx(answer.numerator, abs=1e-6)
    held = METRICS[answer.key].variant(answer.variant).exposure  # type: ignore[union-attr]  # it was asked for
    # What contacts are held against is no row of theirs.
    below = answer.numerator if answer.denominator is None or held else answer.denominator
    assert sum(row.amount or 0 for row in found[Part.DENOMINATOR]) == below
    assert len(found[Part.DENOMINATOR]) == answer.sample_size
    assert len(found[Part.EXCLUDED]) == (answer.excluded or 0)
    for part, rows in found.items():
        positions = [row.position for row in rows]
        assert positions == sorted(set(positions), reverse=True)
        assert all((row.reason is None) == (part is not Part.EXCLUDED) for row in rows)


@pytest.mark.parametrize(("metric", "variant"), NAMED)
def test_what_counts_the_rows_of_a_part_is_kept_in_the_rollups(metric: Metric, variant: Variant) -> None:
    for part in Part:
        for share in variant.shares(part):
            assert share.counted in metric.components
            assert share.counted.value is None


@pytest.mark.parametrize(("metric", "variant"), NAMED)
def test_whatever_is_left_out_has_a_reason(metric: Metric, variant: Variant) -> None:
    if variant.excluded is not None:
        assert variant.excluded.reasons[-1].where == "TRUE"


def test_promoters_and_detractors_are_the_rows_of_a_net_score(kept: Any) -> None:
    kept([{"answered_at": at(2, hour), "kind": "NPS", "score": s} for hour, s in enumerate((10, 8, 3, 0), 1)])

    above = metric_records("NPS", APRIL, part=Part.NUMERATOR, now=NOW).page(after=None, limit=10)

    assert [(row.moment.hour, row.amount) for row in above] == [(4, -1.0), (3, -1.0), (1, 1.0)]


def test_a_filter_narrows_the_rows_as_it_narrows_the_number(kept: Any) -> None:
    kept([call(2, queue="a"), call(3, queue="b", customer="ana", segment="gold"), call(4)])

    def days(**values: list[str]) -> list[int]:
        where = where_of({DimensionKey(key.upper()): wanted for key, wanted in values.items()})
        drilldown = metric_records("VOLUME", APRIL, part=Part.DENOMINATOR, where=where, now=NOW)
        found = [row.moment.day for row in drilldown.page(after=None, limit=10)]
        assert drilldown.count() == len(found)
        return found

    assert days(queue=["a"]) == [2]
    assert days(segment=["gold"]) == [3]
    assert days(queue=["nobody"]) == []
    assert days() == [4, 3, 2]


def test_a_page_of_contacts_and_their_neighbours_looks_no_further_back_than_it_must(
    kept: Any, django_assert_num_queries: Any
) -> None:
    kept([call(day, customer="ana", reason="Refund") for day in range(1, 29)])
    drilldown = metric_records("REPEAT_CONTACT_RATE", APRIL, part=Part.NUMERATOR, now=NOW)

    with django_assert_num_queries(3):
        page = drilldown.page(after=None, limit=5)

    assert [row.moment.day for row in page] == [21, 20, 19, 18, 17]


RECORDS = """
query ($key: MetricKey!, $part: MetricPart! = DENOMINATOR, $where: MetricWhere, $first: Int, $after: String) {
  metricRecords(key: $key, window: {from: "2026-04-01T00:00:00-04:00", to: "2026-05-01T00:00:00-04:00"},
                part: $part, where: $where, first: $first, after: $after) {
    totalCount exclusions { reason count } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    nodes { __typename }
    edges { cursor amount exclusionReason node {
      ... on Interaction { externalId openedAt customer { externalId segment } }
      ... on SurveyResponse { externalId score }
    } }
  }
}"""
WORDS = """
{ metricRecords(key: VOLUME, window: {from: "2026-04-01T00:00:00-04:00", to: "2026-05-01T00:00:00-04:00"}) {
  nodes { ... on Interaction { externalId subject customer { name } } } } }"""


@pytest.fixture
def admin(asker: MakeAsker, acme: BrandRef) -> Asker:
    with brand_tx(acme):
        store(
            [
                call(2, external_id="a", agent="kim", customer="ana", subject="Help me"),
                call(3, external_id="b", agent="lee", customer="ana", talk_seconds=None),
                call(4, external_id="c", agent="lee", talk_seconds=30.0),
                *answers("kim", [5]),
            ]
        )
        Interaction.objects.filter(external_id="kim-0-4").update(answered=False)
    return asker(Role.BRAND_ADMIN)


def external_ids(answer: Any) -> list[str]:
    return [edge["node"]["externalId"] for edge in answer["metricRecords"]["edges"]]


def test_a_client_sees_the_rows_below_the_line_and_what_each_adds_above(admin: Asker) -> None:
    below, above = (admin.data(RECORDS, {"key": "AHT", "part": part}) for part in ("DENOMINATOR", "NUMERATOR"))

    assert external_ids(below) == external_ids(above) == ["c", "a"]
    assert [edge["amount"] for edge in below["metricRecords"]["edges"]] == [1.0, 1.0]
    assert [edge["amount"] for edge in above["metricRecords"]["edges"]] == [30.0, 100.0]
    assert (below["metricRecords"]["totalCount"], below["metricRecords"]["exclusions"]) == (2, [])


def test_a_client_who_disputes_a_number_sees_what_was_left_out_and_why(admin: Asker) -> None:
    answer = admin.data(RECORDS, {"key": "AHT", "part": "EXCLUDED"})

    (edge,) = answer["metricRecords"]["edges"]
    assert (edge["node"]["externalId"], edge["amount"]) == ("b", None)
    assert edge["exclusionReason"] == "How long it took is unknown."
    assert answer["metricRecords"]["exclusions"] == [{"reason": "How long it took is unknown.", "count": 1}]


def test_pages_follow_each_other_without_gap_or_repetition(admin: Asker) -> None:
    seen, after = [], None
    for more in (True, False):
        page = admin.data(RECORDS, {"key": "VOLUME", "first": 2, "after": after})
        seen += external_ids(page)
        info = page["metricRecords"]["pageInfo"]
        assert (info["hasNextPage"], info["hasPreviousPage"]) == (more, after is not None)
        assert [info["startCursor"], info["endCursor"]] == [
            page["metricRecords"]["edges"][place]["cursor"] for place in (0, -1)
        ]
        after = info["endCursor"]

    assert seen == ["c", "b", "kim-0-4", "a"]


def test_answers_are_shown_as_answers(admin: Asker) -> None:
    answer = admin.data(RECORDS, {"key": "CSAT"})["metricRecords"]

    assert [node["__typename"] for node in answer["nodes"]] == ["SurveyResponse"]
    assert answer["edges"][0]["node"] == {"externalId": "answer-kim-0-4", "score": 5}


@pytest.mark.parametrize(
    ("field", "changed"),
    [("first", {"first": 101}), ("first", {"first": 0}), (None, {"after": "nonsense"})],
)
def test_what_cannot_be_asked_is_refused(admin: Asker, field: str | None, changed: dict[str, Any]) -> None:
    answer = admin.ask(RECORDS, {"key": "VOLUME", **changed})

    assert codes(answer) == ["BAD_USER_INPUT"]
    assert answer["errors"][0]["extensions"].get("field") == field


def test_a_viewer_sees_no_rows(admin: Asker, asker: MakeAsker) -> None:
    answer = asker(Role.VIEWER).ask(RECORDS, {"key": "VOLUME"})

    assert (codes(answer), answer["data"]) == (["FORBIDDEN"], {"metricRecords": None})


def test_an_agent_sees_the_rows_of_its_own_numbers_alone(admin: Asker, asker: MakeAsker, acme: BrandRef) -> None:
    agent = asker(Role.AGENT)
    assert agent.data(RECORDS, {"key": "VOLUME"})["metricRecords"]["totalCount"] == 0
    with brand_tx(acme):
        Agent.objects.filter(key="kim").update(member_id=agent.member_id)

    mine, told = (agent.data(RECORDS, {"key": key}) for key in ("VOLUME", "CSAT"))

    assert (external_ids(mine), mine["metricRecords"]["totalCount"]) == (["kim-0-4", "a"], 2)
    assert external_ids(told) == ["answer-kim-0-4"]
    assert codes(agent.ask(RECORDS, {"key": "VOLUME", "where": {"agent": ["lee"]}})) == ["FORBIDDEN"]


def test_an_analyst_sees_rows_without_personal_data_and_not_by_agent(admin: Asker, asker: MakeAsker) -> None:
    analyst = asker(Role.ANALYST)

    answer = analyst.ask(WORDS)

    assert set(codes(answer)) == {"FORBIDDEN"}
    assert [node["externalId"] for node in answer["data"]["metricRecords"]["nodes"]] == ["c", "b", "kim-0-4", "a"]
    assert {node["subject"] for node in answer["data"]["metricRecords"]["nodes"]} == {None}
    assert codes(analyst.ask(RECORDS, {"key": "VOLUME", "where": {"agent": ["kim"]}})) == ["FORBIDDEN"]


def test_whoever_may_see_single_answers_sees_them_where_their_number_is_hidden(admin: Asker) -> None:
    kims = {"agent": ["kim"]}
    metric = """query ($where: MetricWhere) { metric(key: CSAT, where: $where,
      window: {from: "2026-04-01T00:00:00-04:00", to: "2026-05-01T00:00:00-04:00"}) { value suppressed } }"""

    assert admin.data(metric, {"where": kims})["metric"] == {"value": None, "suppressed": True}
    assert external_ids(admin.data(RECORDS, {"key": "CSAT", "where": kims})) == ["answer-kim-0-4"]


def test_another_brands_rows_are_its_own(admin: Asker, asker: MakeAsker, globex: BrandRef) -> None:
    other = asker(Role.BRAND_ADMIN, brand=globex)
    berlin = RECORDS.replace("-04:00", "+02:00")

    assert other.data(berlin, {"key": "VOLUME"})["metricRecords"]["totalCount"] == 0


def test_a_number_read_in_a_window_of_nothing_has_no_rows(kept: Any) -> None:
    kept([call(30, customer="ana", reason="Refund")])
    immature = Window(at(28), at(30, 13))

    drilldown = metric_records("FCR_REPEAT", immature, part=Part.DENOMINATOR, now=at(30, 13))

    assert (drilldown.page(after=None, limit=5), drilldown.count(), drilldown.reasons()) == ([], 0, [])

"""The metric surface over GraphQL: its shape, its refusals, and who may see whose numbers."""

from datetime import UTC, datetime
from typing import Any

import pytest

from apps.accounts.permissions import Role
from apps.interactions.models import Agent
from apps.metrics.definitions.registry import METRICS
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker, codes
from tests.metrics.rows import store

APRIL = {"from": "2026-04-01T00:00:00-04:00", "to": "2026-05-01T00:00:00-04:00"}
METRIC = """
query ($key: MetricKey!, $window: WindowInput!, $where: MetricWhere, $variant: String, $statistic: Statistic) {
  metric(key: $key, window: $window, where: $where, variant: $variant, statistic: $statistic) {
    key variant statistic unit value numerator denominator sampleSize excluded money { amount currency }
    interval { low high level method } previous { value } delta pValue significant
    guardRail { key value sampleSize guardRail { key } }
    definition { key version direction variants { key statistics } parameters { name value } }
    asOf provisional suppressed suppressionReason
  }
}"""
BREAKDOWN = """
query ($by: Dimension!, $where: MetricWhere) {
  metricBreakdown(key: VOLUME, window: {from: "2026-04-01T00:00:00-04:00", to: "2026-05-01T00:00:00-04:00"},
                  groupBy: $by, where: $where, compareTo: PREVIOUS_PERIOD) {
    kind key label metric { value previous { value sampleSize window { from to } } }
  }
}"""
SERIES = """
query ($window: WindowInput!, $grain: Grain!) {
  metricSeries(key: AHT, window: $window, grain: $grain, groupBy: QUEUE, statistic: MEDIAN) {
    key unit groups { kind key label points { start end value sampleSize low high provisional suppressed } }
  }
}"""


@pytest.fixture
def admin(asker: MakeAsker, acme: BrandRef) -> Asker:
    with brand_tx(acme):
        store(
            [
                {"opened_at": f"2026-04-{day:02}T12:00Z", "answered": True, "talk_seconds": 60.0 * day, **row}
                for day, row in ((1, {"queue": "north", "agent": "kim"}), (2, {"agent": "lee"}), (30, {}))
            ]
        )
    return asker(Role.BRAND_ADMIN)


def test_a_metric_answers_with_all_it_promises(admin: Asker) -> None:
    answer = admin.data(METRIC, {"key": "AHT", "window": APRIL})["metric"]

    assert {name: answer[name] for name in ("key", "variant", "statistic", "unit", "value", "sampleSize")} == {
        "key": "AHT",
        "variant": "PER_INTERACTION",
        "statistic": "MEAN",
        "unit": "SECONDS",
        "value": 660.0,
        "sampleSize": 3,
    }
    assert (answer["numerator"], answer["denominator"], answer["excluded"], answer["money"]) == (1980.0, 3.0, 0, None)
    assert answer["interval"]["method"] == "MEAN_T"
    assert answer["guardRail"] == {"key": "REPEAT_CONTACT_RATE", "value": None, "sampleSize": 0, "guardRail": None}
    assert answer["definition"]["variants"][1] == {"key": "PER_SEGMENT", "statistics": []}
    assert answer["asOf"] == "2026-04-30T12:00:00+00:00"


def test_no_data_is_null_and_never_zero(admin: Asker) -> None:
    answer = admin.data(METRIC, {"key": "CSAT", "window": APRIL})["metric"]

    assert (answer["value"], answer["sampleSize"], answer["interval"]) == (None, 0, None)


def test_several_metrics_come_in_the_order_asked(admin: Asker) -> None:
    query = "query ($window: WindowInput!) { metrics(keys: [NPS, VOLUME, AHT], window: $window) { key value } }"

    answer = admin.data(query, {"window": APRIL})["metrics"]

    assert [(one["key"], one["value"]) for one in answer] == [("NPS", None), ("VOLUME", 3.0), ("AHT", 660.0)]


def test_a_breakdown_names_its_groups(admin: Asker) -> None:
    answer = admin.data(BREAKDOWN, {"by": "AGENT"})["metricBreakdown"]

    assert [(part["kind"], part["key"], part["label"], part["metric"]["value"]) for part in answer] == [
        ("VALUE", "kim", "kim", 1.0),
        ("VALUE", "lee", "lee", 1.0),
        ("NONE", None, "Unassigned", 1.0),
    ]
    assert answer[0]["metric"]["previous"] == {
        "value": None,
        "sampleSize": 0,
        "window": {"from": "2026-03-01T05:00:00+00:00", "to": "2026-04-01T04:00:00+00:00"},
    }


def test_a_series_is_complete(admin: Asker) -> None:
    groups = admin.data(SERIES, {"window": APRIL, "grain": "WEEK"})["metricSeries"]["groups"]

    assert [(group["kind"], group["key"], len(group["points"])) for group in groups] == [
        ("VALUE", "north", 5),
        ("NONE", None, 5),
    ]
    assert [point["value"] for point in groups[1]["points"]] == [120.0, None, None, None, 1800.0]


def test_definitions_need_no_brand_and_list_what_there_is(asker: MakeAsker, globex: BrandRef, acme: BrandRef) -> None:
    someone = asker(Role.SUPERVISOR, brands=(acme, globex))

    answer = someone.data("{ all: metricDefinitions { key } some: metricDefinitions(family: EXPERIENCE) { key } }")

    assert [one["key"] for one in answer["all"]] == list(METRICS)
    assert [one["key"] for one in answer["some"]] == [
        "CSAT", "NPS", "CES_5", "CES_7", "SENTIMENT", "RESPONSE_RATE", "TOUCHPOINT_SLO", "PROMISE_KEPT",
        "HANDOFF_INTEGRITY",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("window.from", {"window": {**APRIL, "from": "2026-04-01T00:30:00-04:00"}}),
        ("window.to", {"window": {"from": APRIL["to"], "to": APRIL["from"]}}),
        ("variant", {"variant": "FASTEST"}),
        ("statistic", {"key": "ABANDONMENT", "statistic": "P90"}),
        ("where.survey", {"where": {"survey": ["x"]}}),
        ("where.queue", {"where": {"queue": ["x"] * 501}}),
    ],
)
def test_what_cannot_be_asked_names_the_field(admin: Asker, field: str, changed: dict[str, Any]) -> None:
    answer = admin.ask(METRIC, {"key": "AHT", "window": APRIL, **changed})

    assert codes(answer) == ["BAD_USER_INPUT"]
    assert answer["errors"][0]["extensions"]["field"] == field


@pytest.mark.parametrize("role", [Role.ANALYST, Role.VIEWER])
def test_single_agents_numbers_need_a_permission(admin: Asker, asker: MakeAsker, role: Role) -> None:
    someone = asker(role)

    assert codes(someone.ask(BREAKDOWN, {"by": "AGENT"})) == ["FORBIDDEN"]
    assert codes(someone.ask(BREAKDOWN, {"by": "QUEUE", "where": {"agent": ["kim"]}})) == ["FORBIDDEN"]
    assert codes(someone.ask(BREAKDOWN, {"by": "QUEUE"})) == []


def test_an_agent_sees_its_own_numbers_alone(admin: Asker, asker: MakeAsker, acme: BrandRef) -> None:
    agent = asker(Role.AGENT)
    before = agent.data(METRIC, {"key": "VOLUME", "window": APRIL})["metric"]["value"]
    with brand_tx(acme):
        Agent.objects.filter(key="kim").update(member_id=agent.member_id)

    assert before is None
    assert agent.data(METRIC, {"key": "VOLUME", "window": APRIL})["metric"]["value"] == 1.0
    assert [part["key"] for part in agent.data(BREAKDOWN, {"by": "AGENT"})["metricBreakdown"]] == ["kim"]
    assert codes(agent.ask(BREAKDOWN, {"by": "QUEUE", "where": {"agent": ["lee"]}})) == ["FORBIDDEN"]


def test_another_brands_numbers_are_its_own(admin: Asker, asker: MakeAsker, globex: BrandRef) -> None:
    other = asker(Role.BRAND_ADMIN, brand=globex)
    berlin = {"from": "2026-04-01T00:00:00+02:00", "to": "2026-05-01T00:00:00+02:00"}

    answer = other.data(METRIC, {"key": "VOLUME", "window": berlin, "where": {"queue": ["north"]}})

    assert datetime.now(UTC) > datetime.fromisoformat(answer["metric"]["asOf"])
    assert (answer["metric"]["value"], answer["metric"]["sampleSize"]) == (None, 0)

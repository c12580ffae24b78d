"""Staffing, surges and costs as a client asks for them: from the brand's own contacts, and nobody else's."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from apps.accounts.permissions import Role
from apps.metrics.recompute import recompute_all
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker, asker, codes
from tests.metrics.rows import store

__all__ = ["asker"]

pytestmark = pytest.mark.django_db
# A Monday and its hours, where the brand is: New York, at midnight.
MONDAY = datetime(2025, 9, 1, 4, tzinfo=UTC)
HOUR, WEEK = timedelta(hours=1), timedelta(weeks=1)

STAFFING = """query($window: WindowInput!, $weeks: Int! = 4, $share: Float! = 0.8, $where: MetricWhere) {
  staffing(window: $window, weeks: $weeks, where: $where, targetShare: $share, maxOccupancy: 1.0) {
    weeks contacts handleSeconds basedOn { from to }
    intervals { start contacts load agents scheduled serviceLevel occupancy meanWaitSeconds } } }"""
SURGES = """query($window: WindowInput!) { surges(window: $window) {
  threshold weeks hours surges { start end contacts expected z } } }"""
COSTS = """query($window: WindowInput!, $agentHour: Decimal!) { contactCosts(window: $window, agentHour: $agentHour) {
  contacts handleTime { value } repeats { value } agentHour { amount currency } perContact { amount currency }
  total { amount } failureDemand { amount } } }"""


def span(start: datetime, end: datetime) -> dict[str, str]:
    return {"from": start.isoformat(), "to": end.isoformat()}


def calls(at: datetime, count: int, **row: Any) -> list[dict[str, Any]]:
    step = HOUR / count
    return [{"opened_at": at + place * step, "answered": True, "talk_seconds": 180.0, **row} for place in range(count)]


@pytest.fixture(params=["from rows", "from rollups"])
def kept(request: pytest.FixtureRequest, acme: BrandRef) -> Any:
    def keep(rows: list[dict[str, Any]]) -> None:
        with brand_tx(acme):
            store(rows)
        if request.param == "from rollups":
            recompute_all(acme, now=datetime.now(UTC))

    return keep


@pytest.fixture
def viewer(asker: MakeAsker) -> Asker:
    return asker(Role.VIEWER)


def test_hours_are_staffed_for_what_came_in_their_like(kept: Any, viewer: Asker) -> None:
    kept([call for week in (1, 2, 3, 4) for call in calls(MONDAY + 9 * HOUR - week * WEEK, 200 if week > 2 else 40)])

    plan = viewer.data(STAFFING, {"window": span(MONDAY + 8 * HOUR, MONDAY + 10 * HOUR)})["staffing"]

    quiet, busy = plan["intervals"]
    assert (plan["weeks"], plan["contacts"], plan["handleSeconds"]) == (4, 480, 180.0)
    assert (quiet["contacts"], quiet["agents"], quiet["scheduled"], quiet["serviceLevel"]) == (0.0, 0, 0, 1.0)
    assert (busy["contacts"], busy["load"], busy["agents"], busy["scheduled"]) == (120.0, 6.0, 9, 13)
    assert busy["serviceLevel"] >= 0.8
    assert busy["occupancy"] == pytest.approx(6 / 9)


def test_without_a_known_handle_time_nobody_can_tell_how_many_it_takes(kept: Any, viewer: Asker) -> None:
    kept(calls(MONDAY + 9 * HOUR - WEEK, 8, talk_seconds=None))

    (hour,) = viewer.data(STAFFING, {"window": span(MONDAY + 9 * HOUR, MONDAY + 10 * HOUR)})["staffing"]["intervals"]

    assert (hour["contacts"], hour["agents"], hour["scheduled"]) == (2.0, None, None)


def test_a_surge_is_told_with_what_was_usual(kept: Any, viewer: Asker) -> None:
    usual = [
        call for week in range(1, 10) for hour in range(24) for call in calls(MONDAY + hour * HOUR - week * WEEK, 9)
    ]
    today = [call for hour in range(24) for call in calls(MONDAY + hour * HOUR, 40 if hour in (12, 13) else 9)]
    kept(usual + today)

    found = viewer.data(SURGES, {"window": span(MONDAY, MONDAY + 24 * HOUR)})["surges"]

    (surge,) = found["surges"]
    assert (found["weeks"], found["hours"]) == (8, 24)
    assert (surge["contacts"], surge["expected"]) == (80, 18.0)
    assert datetime.fromisoformat(surge["start"]) == MONDAY + 12 * HOUR
    assert datetime.fromisoformat(surge["end"]) == MONDAY + 14 * HOUR
    assert surge["z"] > found["threshold"]


def test_too_few_weeks_tell_nothing(kept: Any, viewer: Asker) -> None:
    kept([call for week in (0, 1, 2) for call in calls(MONDAY - week * WEEK, 9)])

    found = viewer.data(SURGES, {"window": span(MONDAY, MONDAY + 24 * HOUR)})["surges"]

    assert (found["hours"], found["surges"]) == (0, [])


def test_what_contacts_cost_and_what_failure_demand_does(kept: Any, viewer: Asker) -> None:
    known = {"customer": "ana", "reason": "Refund"}
    later = [{"opened_at": MONDAY + 5 * WEEK}]
    kept(
        [
            *calls(MONDAY, 2, **known),
            *calls(MONDAY + HOUR, 1, talk_seconds=None, customer="ben", reason="Refund"),
            *later,
        ]
    )

    found = viewer.data(COSTS, {"window": span(MONDAY, MONDAY + WEEK), "agentHour": "30"})["contactCosts"]

    assert (found["contacts"], found["handleTime"]["value"]) == (3, 180.0)
    assert found["repeats"]["value"] == pytest.approx(1 / 3)
    assert {found[name]["amount"] for name in ("perContact", "failureDemand")} == {"1.50"}
    assert found["total"]["amount"] == "4.50"


@pytest.mark.parametrize(
    ("query", "field", "given"),
    [
        (STAFFING, "targetShare", {"share": 1.5}),
        (STAFFING, "weeks", {"weeks": 27}),
        (STAFFING, "window.to", {"window": span(MONDAY, MONDAY + 5 * WEEK)}),
        (STAFFING, "where.survey", {"where": {"survey": ["nps"]}}),
        (SURGES, "window.to", {"window": span(MONDAY, MONDAY + 5 * WEEK)}),
        (COSTS, "agentHour", {"agentHour": "-1"}),
    ],
)
def test_what_cannot_be_reckoned_is_refused(viewer: Asker, query: str, field: str, given: dict[str, Any]) -> None:
    base = {"window": span(MONDAY, MONDAY + HOUR), **({"agentHour": "1"} if query == COSTS else {})}

    answer = viewer.ask(query, {**base, **given})

    assert codes(answer) == ["BAD_USER_INPUT"]
    assert answer["errors"][0]["extensions"]["field"] == field

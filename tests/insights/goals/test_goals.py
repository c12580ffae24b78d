"""Goals over the API: set, changed, removed, and told as far as their numbers are."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from apps.accounts.permissions import Role
from apps.insights.goals.attaining import GoalUnknown, Looker, attainment_of, goal_groups
from apps.insights.goals.commands import MOST_IN_A_GROUP
from apps.insights.goals.judging import GoalBasis, GoalStatus, JointStatus
from apps.insights.models import Goal
from apps.interactions.models import Interaction
from apps.journeys.models import Department
from apps.metrics.definitions.registry import METRICS
from cxplatform.graphql.global_ids import global_id
from cxplatform.ids import uuid7
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.audit.conftest import trail
from tests.graphql.conftest import Asker, MakeAsker, admin, asker, codes
from tests.insights.experience.brand import NOW, SPAN, told
from tests.snapshots.operations import of_docs

__all__ = ["admin", "asker"]

pytestmark = pytest.mark.django_db
SET = """mutation($input: SetGoalInput!) { setGoal(input: $input) {
  goal { id metric variant statistic target where startsOn endsBefore group department { key } }
  userErrors { code field message } } }"""
CHANGE = """mutation($input: ChangeGoalInput!) { changeGoal(input: $input) {
  goal { target where endsBefore group department { key } } userErrors { code field } } }"""
REMOVE = "mutation($input: RemoveGoalInput!) { removeGoal(input: $input) { goal { metric } userErrors { code } } }"
GOALS = """query($window: WindowInput, $where: GoalWhere) { goals(where: $where) { nodes {
  metric target definition { direction } department { key }
  attainment(window: $window) { status basis reason window { from to }
    number { value sampleSize interval { low high level } suppressed } } } totalCount } }"""
GROUPS = """query($group: String) { goalGroups(group: $group) { group startsOn endsBefore status
  goals { goal { metric target } attainment { status reason number { value } } } } }"""
MARCH = {"startsOn": "2026-03-01", "endsBefore": "2026-04-01"}
NPS = {"metric": "NPS", "target": 20, **MARCH}
JUDGED = datetime(2026, 6, 1, tzinfo=UTC)
SPEED = METRICS["SPEED_OF_ANSWER"].variants[0].key
LOOKER = Looker(JUDGED, numbers_alone=False)


def a_goal(**more: Any) -> Goal:
    """Make a goal of March, in the open door."""
    said: dict[str, Any] = {"metric": "NPS", "variant": "RELATIONAL", "target": 20.0, **more}
    days = {"starts_on": date(2026, 3, 1), "ends_before": date(2026, 4, 1)}
    return Goal.objects.create(**{**days, "created_at": NOW, "updated_at": NOW, **said})


def answers(acme: BrandRef, *scores: int, **of_segments: list[int]) -> None:
    with told(acme) as brand:
        for segment, said in ((None, list(scores)), *of_segments.items()):
            for number, score in enumerate(said):
                brand.customer(f"{segment}-{number}", segment=segment).answered("NPS", score)


def test_a_goal_is_set_listed_changed_and_removed_and_stays_in_the_trail(admin: Asker, acme: BrandRef) -> None:
    with brand_tx(acme):
        Department.objects.create(key="shop", name="Shop", created_at=NOW)
    said = {**NPS, "group": " Both ", "department": "shop", "where": {"queue": ["b", "a"], "reasonUnder": ["Billing"]}}

    made = admin.data(SET, {"input": said})["setGoal"]
    changed = admin.data(CHANGE, {"input": {"id": made["goal"]["id"], "target": 30, "where": None, "group": None}})
    removed = admin.data(REMOVE, {"input": {"id": made["goal"]["id"]}})["removeGoal"]

    assert made["userErrors"] == []
    assert made["goal"] == {
        "id": made["goal"]["id"], "metric": "NPS", "variant": "RELATIONAL", "statistic": None, "target": 20.0,
        "where": {"queue": ["a", "b"], "reasonUnder": ["Billing"]}, **MARCH, "group": "Both",
        "department": {"key": "shop"},
    }  # fmt: skip
    assert changed["changeGoal"]["goal"] == {
        "target": 30.0, "where": {}, "endsBefore": "2026-04-01", "group": "", "department": {"key": "shop"},
    }  # fmt: skip
    assert removed == {"goal": {"metric": "NPS"}, "userErrors": []}
    assert admin.data(GOALS)["goals"] == {"nodes": [], "totalCount": 0}
    last = [event for event in trail(acme) if event.action.endswith("_goal")]
    assert [event.action for event in last] == ["set_goal", "change_goal", "remove_goal"]
    assert '"target":30.0' in last[-1].before


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"metric": "VOLUME"}, "metric"),
        ({"metric": "OCCUPANCY"}, "metric"),
        ({"metric": "BACKLOG", "variant": "CLOSED"}, "variant"),
        ({"variant": "NO_SUCH"}, "variant"),
        ({"statistic": "P90"}, "statistic"),
        ({"target": 101}, "target"),
        ({"metric": "SERVICE_LEVEL", "target": 80}, "target"),
        ({"metric": "AHT", "target": -1}, "target"),
        ({"endsBefore": "2026-03-01"}, "endsBefore"),
        ({"endsBefore": "2032-03-01"}, "endsBefore"),
        ({"startsOn": "1900-03-01"}, "startsOn"),
        ({"department": "nobody"}, "department"),
        ({"group": "x" * 101}, "group"),
        ({"where": {"agent": ["ann"]}}, "where.agent"),
        ({"where": {"promise": ["quick"]}}, "where.promise"),
        ({"where": {"queue": ["q"] * 101}}, "where.queue"),
    ],
)
def test_what_can_be_no_goal_is_refused_by_its_field(
    admin: Asker, acme: BrandRef, said: dict[str, Any], field: str
) -> None:
    told = admin.data(SET, {"input": {**NPS, **said}})["setGoal"]

    assert (told["goal"], [(each["code"], each["field"]) for each in told["userErrors"]]) == (
        None,
        [("BAD_USER_INPUT", field)],
    )
    with brand_tx(acme):
        assert not Goal.objects.exists()


def test_the_same_goal_twice_and_a_sixth_of_a_group_are_refused(admin: Asker) -> None:
    for target in range(MOST_IN_A_GROUP):
        where = {"queue": [f"q{target}"]}
        assert admin.data(SET, {"input": {**NPS, "group": "Both", "where": where}})["setGoal"]["userErrors"] == []

    again = admin.data(SET, {"input": {**NPS, "target": 5, "group": "Both", "where": where}})["setGoal"]["userErrors"]
    sixth = admin.data(SET, {"input": {**NPS, "group": "Both"}})["setGoal"]["userErrors"]

    assert [(each["code"], each["field"]) for each in again + sixth] == [("CONFLICT", "metric"), ("CONFLICT", "group")]


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.AGENT, Role.ANALYST, Role.VIEWER])
def test_only_who_may_configure_sets_goals(asker: MakeAsker, acme: BrandRef, role: Role) -> None:
    with brand_tx(acme):
        identity = global_id("Goal", a_goal().pk)
    member = asker(role)

    for document, given in ((SET, NPS), (CHANGE, {"id": identity, "target": 1}), (REMOVE, {"id": identity})):
        assert codes(member.ask(document, {"input": given})) == ["FORBIDDEN"]

    with brand_tx(acme):
        assert Goal.objects.get().target == 20


def test_another_brands_goal_is_not_found(admin: Asker, globex: BrandRef) -> None:
    with brand_tx(globex):
        theirs = global_id("Goal", a_goal().pk)

    for identity in (theirs, global_id("Goal", uuid7())):
        assert codes(admin.ask(REMOVE, {"input": {"id": identity}})) == ["NOT_FOUND"]
        assert codes(admin.ask(CHANGE, {"input": {"id": identity, "target": 1}})) == ["NOT_FOUND"]
    with brand_tx(globex):
        assert Goal.objects.exists()


def test_a_goal_tells_its_number_as_the_metric_does(asker: MakeAsker, acme: BrandRef) -> None:
    answers(acme, *[10] * 30, *[0] * 10)
    with brand_tx(acme):
        for target in (10, 50, 90):
            a_goal(target=target)
    metric = """query($window: WindowInput!) { metric(key: NPS, window: $window, variant: "RELATIONAL") {
      value sampleSize interval { low high level } suppressed } }"""
    analyst = asker(Role.ANALYST)

    found = analyst.data(GOALS)["goals"]["nodes"]

    expected = analyst.data(metric, {"window": SPAN})["metric"]
    assert (expected["value"], expected["sampleSize"]) == (50.0, 40)
    assert {each["target"]: each["attainment"]["status"] for each in found} == {
        10.0: "MET", 50.0: "NOT_DISTINGUISHABLE", 90.0: "MISSED",
    }  # fmt: skip
    for each in found:
        assert each["attainment"]["number"] == expected
        assert each["attainment"]["basis"] == "INTERVAL"
        assert datetime.fromisoformat(each["attainment"]["window"]["to"]) == datetime.fromisoformat(SPAN["to"])
        assert each["definition"] == {"direction": "HIGHER_IS_BETTER"}


def test_a_window_given_is_looked_at_instead(asker: MakeAsker, acme: BrandRef) -> None:
    answers(acme, *[10] * 30)
    with brand_tx(acme):
        a_goal(starts_on=date(2030, 1, 1), ends_before=date(2030, 2, 1))
    viewer = asker(Role.VIEWER)

    (ahead,) = viewer.data(GOALS)["goals"]["nodes"]
    (given,) = viewer.data(GOALS, {"window": SPAN})["goals"]["nodes"]

    assert ahead["attainment"] == {
        "status": "NOT_KNOWN", "basis": None, "reason": "NOT_BEGUN", "window": None, "number": None,
    }  # fmt: skip
    assert (given["attainment"]["status"], given["attainment"]["number"]["sampleSize"]) == ("MET", 30)


def test_a_goal_tells_nothing_that_the_metric_would_not(asker: MakeAsker, acme: BrandRef) -> None:
    answers(acme, plus=[10, 10, 10], usual=[0] * 20)
    with brand_tx(acme):
        a_goal(where={"segment": ["plus"]})

    # Whoever sees no rows is not even told how many there are: windows that differ by a day would tell of one.
    for role, rows in ((Role.ANALYST, 3), (Role.VIEWER, 0), (Role.BRAND_ADMIN, 3)):
        (found,) = asker(role).data(GOALS)["goals"]["nodes"]
        told = found["attainment"]
        assert (told["status"], told["reason"]) == ("NOT_KNOWN", "SUPPRESSED")
        number = told["number"]
        assert (number["value"], number["interval"], number["suppressed"]) == (None, None, True)
        assert number["sampleSize"] == rows
    (theirs,) = asker(Role.AGENT).data(GOALS)["goals"]["nodes"]
    assert (theirs["attainment"]["reason"], theirs["attainment"]["number"]) == ("OWN_WORK_ONLY", None)


def test_without_any_data_nothing_is_known(acme: BrandRef) -> None:
    with brand_tx(acme):
        found = attainment_of(a_goal(), LOOKER)

    assert (found.status, found.basis, found.reason) == (GoalStatus.NOT_KNOWN, None, GoalUnknown.NO_DATA)


def test_a_number_without_an_interval_is_judged_by_its_value_and_that_is_said(acme: BrandRef) -> None:
    with told(acme) as brand:
        brand.add(Interaction, channel="EMAIL", opened_at=datetime(2026, 3, 5, tzinfo=UTC))
    with brand_tx(acme):
        found = [attainment_of(a_goal(metric="BACKLOG", variant="OPEN", target=most), LOOKER) for most in (0, 1)]

    assert [(each.status, each.basis) for each in found] == [
        (GoalStatus.MISSED, GoalBasis.VALUE),
        (GoalStatus.MET, GoalBasis.VALUE),
    ]


def test_what_grows_with_its_window_is_judged_when_the_period_is_over(acme: BrandRef) -> None:
    """Half a month has half the contacts: by then every goal of fewer contacts would seem to be met."""
    with told(acme) as brand:
        brand.customer("ana", joined_at=datetime(2026, 1, 1, tzinfo=UTC)).called().called()
    with brand_tx(acme):
        goal = a_goal(metric="CONTACT_RATE", variant="PER_CUSTOMER", target=100)
        midway = attainment_of(goal, Looker(datetime(2026, 3, 20, tzinfo=UTC), numbers_alone=False))
        over = attainment_of(goal, LOOKER)

    assert (midway.status, midway.reason) == (GoalStatus.NOT_KNOWN, GoalUnknown.NOT_WHOLE_PERIOD)
    assert midway.number is not None
    assert midway.number.value == 2
    assert (over.status, over.reason) == (GoalStatus.MET, None)


def test_a_running_period_is_looked_at_up_to_the_end_of_today(acme: BrandRef) -> None:
    with brand_tx(acme):
        found = attainment_of(a_goal(), Looker(datetime(2026, 3, 20, 15, tzinfo=UTC), numbers_alone=False))

    assert found.window is not None
    # Midnight in New York, where the brand is.
    assert found.window.end == datetime(2026, 3, 21, 4, tzinfo=UTC)


def test_service_and_journey_are_told_at_one_look_per_period(asker: MakeAsker, acme: BrandRef) -> None:
    answers(acme, *[10] * 30, *[0] * 2)
    with told(acme) as brand:
        for number in range(30):
            brand.customer(f"caller-{number}").called(number)
    april = {"starts_on": date(2026, 4, 1), "ends_before": date(2026, 5, 1)}
    with brand_tx(acme):
        a_goal(group="Both")
        a_goal(group="Both", metric="SPEED_OF_ANSWER", variant=SPEED, statistic="MEAN", target=30)
        a_goal(group="Both", **april)
        a_goal(group="Other", metric="SPEED_OF_ANSWER", variant=SPEED, statistic="MEAN", target=1)
        a_goal(group="Other")
        a_goal()

    found = asker(Role.VIEWER).data(GROUPS)["goalGroups"]

    assert [(each["group"], each["startsOn"], each["status"]) for each in found] == [
        ("Both", "2026-04-01", "NOT_KNOWN"),
        ("Both", "2026-03-01", "ALL_MET"),
        ("Other", "2026-03-01", "SOME_MISSED"),
    ]
    assert [each["goal"]["metric"] for each in found[1]["goals"]] == ["NPS", "SPEED_OF_ANSWER"]
    assert [each["attainment"]["status"] for each in found[2]["goals"]] == ["MISSED", "MET"]
    only = asker(Role.VIEWER).data(GROUPS, {"group": "Other"})["goalGroups"]
    assert only == [found[2]]


def test_the_latest_periods_are_told_and_no_more_than_asked_for(acme: BrandRef) -> None:
    with brand_tx(acme):
        for month in (1, 2, 3):
            a_goal(group="Both", starts_on=date(2026, month, 1), ends_before=date(2026, month + 1, 1))
        found = goal_groups(LOOKER, top=2)

    assert [each.starts_on.month for each in found] == [3, 2]
    assert {each.status for each in found} == {JointStatus.NOT_KNOWN}


def test_every_example_of_the_page_is_answered(admin: Asker, acme: BrandRef) -> None:
    examples = [(name, query) for name, query, _ in of_docs() if name.startswith("docs/goals.md")]
    with brand_tx(acme):
        Department.objects.create(key="shop", name="Shop", created_at=NOW)

    for name, query in examples:
        told = admin.data(query)
        assert None not in told.values(), name
        assert all(not each.get("userErrors") for each in told.values() if isinstance(each, dict)), told
    assert len(examples) >= 3

"""`demo_data` as a whole, with little data: once, again, and with its file lost."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from apps.accounts.authentication import authenticate
from apps.accounts.models import ApiKey, Member
from apps.customers.models import ConsentRecord, Customer, Segment, SegmentMember
from apps.insights.experience.asking import Asked
from apps.insights.experience.people import standings
from apps.insights.experience.quality import Quadrant
from apps.insights.funnel.reckoning import journey_funnel
from apps.insights.goals.attaining import Looker, goal_groups
from apps.interactions.models import Agent
from apps.journeys.models import (
    Friction,
    Handoff,
    JourneyProgress,
    JourneyVersion,
    PromiseOutcome,
    StageMark,
    Touchpoint,
    TouchpointSpan,
)
from apps.metrics import selectors
from apps.metrics.windows import Window
from apps.surveys.forms import asked, worded
from apps.surveys.models import SurveyVersion
from apps.surveys.reading_forms import form_of
from config.demo.people import TWICE
from config.demo.story.purchases import DELIVERY_PROMISE
from config.demo.story.reasons import TOUCHPOINTS
from config.demo.story.weeks import GO_LIVE_WEEK, Weeks
from cxplatform.tenancy.doors import brand_tx, shared_tx
from tests import cluster
from tests.demo.made import brand, everything
from tests.demo.small import NOW, forget, make


@pytest.fixture(scope="module")
def demo_file(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """One demo for all tests here: each leaves it whole, and none relies on what another did."""
    path = tmp_path_factory.mktemp("demo") / "demo.json"
    with django_db_blocker.unblock():
        make(path)
        yield path
        forget()
        cluster.empty_tables()


def test_all_is_there_after_one_run(demo_file: Path) -> None:
    found = everything()
    assert {name: len(rows) for name, rows in found.items() if name.startswith("little-acme ") and len(rows) > 1} == {
        # One of them is an identity of another.
        "little-acme Customer": 122,
        "little-acme Order": 188,
        "little-acme TouchpointEvent": 334,
        "little-acme Interaction": 409,
        "little-acme SurveyResponse": 151,
        "little-acme Invitation": 377,
        "little-acme Handoff": 75,
        "little-acme campaigns": 4,
        "little-acme themes": 3,
        "little-acme goals": 4,
    }
    assert found["little-acme dirty"] == found["little-globex dirty"] == [(0,)]
    assert found["little-acme rollups"][0][0] > 1_000
    with brand_tx(brand(), read_only=True):
        assert Touchpoint.objects.filter(stage__isnull=True).count() == 0
        assert Customer.objects.get(merged_into__isnull=False).merged_into == Customer.objects.get(external_id=TWICE)
        assert sorted(Segment.objects.values_list("key", flat=True)) == ["disappointed", "loyal", "restless"]
        assert Segment.objects.get(key="loyal").size == SegmentMember.objects.filter(segment__key="loyal").count() > 0
        assert ConsentRecord.objects.filter(granted=False).exists()
        linked = Agent.objects.get(member_id__isnull=False)
        versions = JourneyVersion.objects.order_by("number").values_list("number", "state", "effective_until")
        assert [(number, state, until is None) for number, state, until in versions] == [
            (1, "PUBLISHED", False), (2, "PUBLISHED", True),
        ]  # fmt: skip
        assert set(TouchpointSpan.objects.values_list("touchpoint__key", flat=True)) == {
            touchpoint.key for touchpoint in TOUCHPOINTS
        }
        assert set(Friction.objects.values_list("touchpoint__key", "rule", "category", "status")) >= {
            ("checkout", "FAILING", "PRODUCT", "RESOLVED")
        }
    with shared_tx(read_only=True):
        assert Member.objects.get(pk=str(linked.member_id)).email == "agent.little-acme@provider.example"


@pytest.mark.parametrize("slug", ["little-acme", "little-globex"])
def test_danas_blind_spot_is_found_in_the_demo(demo_file: Path, slug: str) -> None:
    with brand_tx(brand(slug), read_only=True):
        asked = Asked(Window(NOW - timedelta(days=120), NOW), NOW)
        found = standings(asked, Quadrant.BLIND_SPOT, sure=True, after=None, limit=100)
        dana = next(each for each in found if each.customer_id == Customer.objects.get(external_id="dana").pk)
    assert {"delivery", "checkout"} < {offender.key for offender in dana.offenders}


@pytest.mark.parametrize("slug", ["little-acme", "little-globex"])
def test_who_would_not_recommend_the_brand_is_asked_why(demo_file: Path, slug: str) -> None:
    with brand_tx(brand(slug), read_only=True):
        forms = {each.survey.kind: form_of(each.pk) for each in SurveyVersion.objects.select_related("survey")}
    assert set(forms) == {"NPS", "CSAT", "CES_7", "FCR"}
    assert [[each.key for each in asked(forms["NPS"], {"score": score})] for score in (6, 7)] == [
        ["score", "why"], ["score", "liked"],
    ]  # fmt: skip
    assert worded(forms["CSAT"], "de-AT").questions[1].choices[0].label == "Zu lange Wartezeit"


@pytest.mark.parametrize("slug", ["little-acme", "little-globex"])
def test_customers_are_on_the_journey_and_a_funnel_tells_how_far_they_came(demo_file: Path, slug: str) -> None:
    year = Window(NOW - timedelta(days=400), NOW)
    with brand_tx(brand(slug), read_only=True):
        funnel = journey_funnel("buying", year, segments=None, now=NOW)
        assert funnel is not None
        told = {stage.key: stage for stage in funnel.stages}
        assert JourneyProgress.objects.count() > 60
        assert not StageMark.objects.exists()
    assert list(told) == ["Consider", "Buy", "Receive", "Use", "Return"]
    # Most who paid, or asked about paying, received something, and usually within days.
    assert told["Buy"].entered > 60
    assert (told["Buy"].conversion.value or 0) > 0.8
    assert 86_400 < (told["Buy"].median_seconds or 0) < 4 * 86_400


@pytest.mark.parametrize(
    ("slug", "name"), [("little-acme", "Service and journey"), ("little-globex", "Service und Reise")]
)
def test_service_and_journey_are_told_at_one_look(demo_file: Path, slug: str, name: str) -> None:
    with brand_tx(brand(slug), read_only=True):
        groups = goal_groups(Looker(NOW, numbers_alone=False))
    assert [(each.group, [standing.goal.metric for standing in each.goals]) for each in groups] == [
        (name, ["FIRST_RESPONSE_TIME", "NPS"])
    ] * 2
    # What came before the second quarter's end is told of both; how it stands, so few rows need not tell.
    assert all(standing.attainment.reason is None for each in groups for standing in each.goals)


def test_the_file_opens_each_door_it_names_and_no_other(demo_file: Path) -> None:
    written = json.loads(demo_file.read_text())
    roles_and_brands = {
        (place, name): _who(token)
        for place, tokens in {"provider": written["provider"], **{b.pop("slug"): b for b in written["brands"]}}.items()
        for name, token in tokens.items()
    }
    assert demo_file.stat().st_mode & 0o777 == 0o600
    assert {name: written[name] for name in ("graphql", "import", "ws", "sse")} == {
        "graphql": "http://127.0.0.1:8000/graphql",
        "import": "http://127.0.0.1:8000/import",
        "ws": "ws://127.0.0.1:8001/graphql/ws",
        "sse": "http://127.0.0.1:8001/graphql/stream",
    }
    both = ["little-acme", "little-globex"]
    assert roles_and_brands == {
        ("provider", "admin"): ("PROVIDER_ADMIN", both),
        ("provider", "supervisor"): ("SUPERVISOR", both),
        **{
            (slug, name): (role, [slug])
            for slug in both
            for name, role in (
                ("admin", "BRAND_ADMIN"),
                ("analyst", "ANALYST"),
                ("viewer", "VIEWER"),
                ("agent", "AGENT"),
            )
        },
    }


def test_a_second_run_changes_nothing_even_days_later(demo_file: Path) -> None:
    before, file_before = everything(), demo_file.read_bytes()

    said = make(demo_file, now=NOW + timedelta(days=9))

    assert said == []
    assert everything() == before
    assert demo_file.read_bytes() == file_before


def test_other_ports_are_written_with_the_same_tokens(demo_file: Path) -> None:
    before = json.loads(demo_file.read_text())

    make(demo_file, port=9000)

    after = json.loads(demo_file.read_text())
    assert after["graphql"] == "http://127.0.0.1:9000/graphql"
    assert (after["provider"], after["brands"]) == (before["provider"], before["brands"])


@pytest.mark.parametrize("left", [None, "", "[]", '{"provider": 1, "brands": [2, {"slug": "little-acme"}]}'])
def test_a_lost_or_broken_file_is_written_with_new_keys(demo_file: Path, left: str | None) -> None:
    old = json.loads(demo_file.read_text())
    demo_file.unlink()
    if left is not None:
        demo_file.write_text(left)

    make(demo_file)

    new = json.loads(demo_file.read_text())
    assert new["provider"]["admin"] != old["provider"]["admin"]
    assert _who(new["brands"][0]["viewer"]) == ("VIEWER", ["little-acme"])
    assert demo_file.stat().st_mode & 0o777 == 0o600


def test_only_a_key_that_was_revoked_is_replaced(demo_file: Path) -> None:
    old = json.loads(demo_file.read_text())
    with shared_tx():
        ApiKey.objects.filter(member__email="viewer@little-acme.example").update(revoked_at=NOW)

    make(demo_file)

    new = json.loads(demo_file.read_text())
    changed = {name for name in old["brands"][0] if old["brands"][0][name] != new["brands"][0][name]}
    assert changed == {"viewer"}
    assert (new["provider"], new["brands"][1]) == (old["provider"], old["brands"][1])


def _who(token: str) -> tuple[str, list[str]]:
    viewer, _ = authenticate(f"Bearer {token}")
    return viewer.role.value, sorted(granted.slug for granted in viewer.brands)


def test_promises_are_judged_and_hand_offs_told(demo_file: Path) -> None:
    with brand_tx(brand(), read_only=True):
        outcomes = PromiseOutcome.objects.filter(customer__external_id="dana").order_by("occurred_at")
        told = list(outcomes.values_list("promise__key", "outcome", "decided_by", "owner__key", "repaired_by__key"))
        handed = list(Handoff.objects.filter(customer__external_id="dana").values_list("to_department__key", flat=True))

    paid = ("paid-in-3-minutes", "BROKEN", "CRITERION", "E-commerce", None)
    assert told == [paid, paid, paid, (DELIVERY_PROMISE, "BROKEN", "EVENT", "Logistics", "Logistics")]
    assert handed == ["Logistics", "Customer policy"]


@pytest.mark.parametrize(
    ("slug", "kept", "net", "grown"), [("little-acme", 1.0, 1.071, 0.071), ("little-globex", 0.872, 0.872, 0.0)]
)
def test_the_revenue_of_the_club_is_kept_and_grows(
    demo_file: Path, slug: str, kept: float, net: float, grown: float
) -> None:
    where = brand(slug)
    weeks = Weeks(NOW.date(), where.zone)
    since, until = (weeks.week(week).replace(tzinfo=where.zone) for week in (GO_LIVE_WEEK - 13, GO_LIVE_WEEK))
    keys = ("GROSS_REVENUE_RETENTION", "NET_REVENUE_RETENTION", "EXPANSION_RATE", "CHURN_RATE", "RETENTION_RATE")
    with brand_tx(where, read_only=True):
        told = selectors.metric_values(keys, Window(since, until), now=NOW)

    *revenue, churn, retention = (each.value for each in told)
    assert revenue == [pytest.approx(value, abs=0.001) for value in (kept, net, grown)]
    assert churn is not None
    assert churn < 0.1
    assert retention == pytest.approx(1 - churn)

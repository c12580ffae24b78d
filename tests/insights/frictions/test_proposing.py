"""What is hard for customers is proposed once, and once more only when it has become clearly worse."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from apps.accounts.permissions import Role
from apps.insights.frictions.looking import JOB_KIND, look_daily
from apps.insights.frictions.proposing import look_for_frictions
from apps.journeys.models import Friction, FrictionChange, FrictionEvidence, Touchpoint, TouchpointEvent
from cxplatform.audit.models import AuditEvent
from cxplatform.jobs.models import Job
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker, codes
from tests.insights.frictions.conftest import FIRST, NOW, tell
from tests.journeys import mapped

LIST = """{ frictions(orderBy: [{field: CONTACTS, direction: DESC}]) { nodes {
  title rule status category severity systemic bad of expected contacts customersAffected customersActive
  touchpoint { key } cost(agentHour: "60.00") { amount currency }
  evidence { kind at what { ... on TouchpointEvent { outcome } ... on SurveyResponse { score }
    ... on Interaction { externalId } } }
  history { nodes { status actorName note } } } } }"""
DISMISS = """mutation($id: ID!) { dismissFriction(input: {id: $id, note: "A sale."}) {
  friction { status } userErrors { code } } }"""


def look(brand: BrandRef, *, days: int = 0) -> list[Friction]:
    with brand_tx(brand):
        found = look_for_frictions(now=NOW + timedelta(days=days))
        return list(
            Friction.objects.select_related("touchpoint", "department").filter(pk__in=[each.pk for each in found])
        )


def stored(brand: BrandRef) -> Any:
    with brand_tx(brand):
        return [list(model.objects.order_by("pk").values_list("pk")) for model in (Friction, FrictionChange)]


def test_what_goes_badly_in_every_way_is_found_in_every_way_and_nothing_else(told: BrandRef, admin: Asker) -> None:
    found = look(told)

    nodes = {each["rule"]: each for each in admin.data(LIST)["frictions"]["nodes"]}
    assert {(each.touchpoint.key, each.rule) for each in found} == {
        ("checkout", "FAILING"), ("checkout", "REPEATS"), ("checkout", "HARD")
    }  # fmt: skip
    failing, repeats, hard = nodes["FAILING"], nodes["REPEATS"], nodes["HARD"]
    assert [each["what"] for each in failing.pop("evidence")[:2]] == [
        {"outcome": "FAILED"},
        {"outcome": "FRICTION"},
    ]
    assert failing == {
        "title": "Checkout: more goes badly than is allowed", "rule": "FAILING", "status": "PROPOSED",
        "category": "PRODUCT", "severity": "CRITICAL", "systemic": True, "bad": 60, "of": 100, "expected": 0.1,
        "contacts": 160, "customersAffected": 60, "customersActive": 200, "touchpoint": {"key": "checkout"},
        "cost": {"amount": "480.00", "currency": "USD"},
        "history": {"nodes": [{"status": "PROPOSED", "actorName": "worker", "note": ""}]},
    }  # fmt: skip
    assert (repeats["bad"], repeats["of"], repeats["customersAffected"]) == (60, 160, 60)
    assert {each["what"]["externalId"][:9] for each in repeats["evidence"]} == {"checkout-"}
    assert (hard["bad"], hard["of"], hard["expected"]) == (60, 100, 0.05)
    assert {each["what"]["score"] for each in hard["evidence"]} == {2}
    assert {len(each["evidence"]) for each in (repeats, hard)} == {20}


def test_looking_again_tells_of_nothing_new(told: BrandRef) -> None:
    look(told)
    before = stored(told)

    assert look(told) == []
    assert look(told, days=1) == []
    assert stored(told) == before


def test_of_what_is_known_the_counts_and_what_shows_it_are_those_of_the_last_look(told: BrandRef) -> None:
    look(told)
    with brand_tx(told):
        tell(90, since=FIRST + timedelta(days=30), name="later-")

    look(told)

    with brand_tx(told):
        failing = Friction.objects.get(rule="FAILING")
        shown = FrictionEvidence.objects.filter(friction=failing).values_list("object_id", flat=True)
        keys = set(TouchpointEvent.objects.filter(pk__in=shown).values_list("external_id", flat=True))
    assert (failing.bad, failing.of, failing.contacts) == (150, 200, 350)
    assert keys == {f"later-checkout-{number}" for number in range(70, 90)}


def test_what_was_dismissed_comes_back_only_when_it_is_clearly_worse(told: BrandRef, asker: MakeAsker) -> None:
    look(told)
    admin = asker(Role.BRAND_ADMIN)
    found = admin.data("{ frictions(where: {rule: {eq: FAILING}}) { nodes { id } } }")["frictions"]["nodes"]
    assert admin.data(DISMISS, {"id": found[0]["id"]})["dismissFriction"]["friction"] == {"status": "DISMISSED"}
    dismissed = stored(told)
    with brand_tx(told):
        tell(62, since=FIRST + timedelta(days=10), name="as-bad-")

    assert look(told) == []
    assert stored(told) == dismissed
    with brand_tx(told):
        tell(100, since=FIRST + timedelta(days=20), name="worse-")
        tell(100, since=FIRST + timedelta(days=30), name="still-")
    (back,) = look(told)

    with brand_tx(told):
        statuses = list(back.history.order_by("at", "id").values_list("status", flat=True))
    assert (back.rule, back.status, back.bad, back.of) == ("FAILING", "PROPOSED", 322, 400)
    assert sorted(statuses) == ["DISMISSED", "PROPOSED", "PROPOSED"]


def test_what_was_resolved_comes_back_when_it_is_found_in_what_happened_since(told: BrandRef) -> None:
    look(told)
    with brand_tx(told):
        Friction.objects.filter(rule="FAILING").update(status="RESOLVED", status_since=NOW)
        tell(60, since=NOW + timedelta(days=80), name="again-")

    assert look(told, days=83) == []
    (back,) = look(told, days=90)

    assert (back.rule, back.status, back.bad, back.of) == ("FAILING", "PROPOSED", 60, 100)


def test_slow_is_what_takes_longer_than_the_service_level_in_force_allows(told: BrandRef, admin: Asker) -> None:
    mapped.department(admin)
    level = {"milliseconds": 30_000, "share": 0.9}
    stages = [mapped.stage("PURCHASE", mapped.at("checkout", weight=100, serviceLevel=level))]
    mapped.published(admin, mapped.journey(admin), stages)

    found = {each.rule: each for each in look(told)}

    slow = found["SLOW"]
    assert (slow.bad, slow.of, slow.expected, slow.department.key) == (60, 100, 0.1, "shop")


def test_each_brand_is_told_of_its_own(told: BrandRef, globex: BrandRef) -> None:
    look(told)

    with brand_tx(globex):
        assert look_for_frictions(now=NOW) == []
        assert not Friction.objects.exists()


def test_a_look_is_asked_for_once_a_day_and_written_down(told: BrandRef) -> None:
    for _ in range(2):
        look_daily(told)
    look(told)

    with brand_tx(told):
        (job,) = Job.objects.filter(kind=JOB_KIND)
        actions = list(AuditEvent.objects.filter(action="propose_friction").values_list("actor_name", flat=True))
    assert job.created_at <= timezone.now()
    assert actions == ["worker"] * 3


def test_nobody_looks_where_there_is_nothing(db: None, globex: BrandRef) -> None:
    look_daily(globex)

    with brand_tx(globex):
        assert not Touchpoint.objects.exists()
        assert not Job.objects.exists()


def test_who_sees_no_rows_sees_frictions_but_not_what_shows_them(told: BrandRef, asker: MakeAsker) -> None:
    look(told)
    answer = asker(Role.VIEWER).ask("{ frictions { nodes { rule evidence { kind } } } }")

    assert codes(answer) == ["FORBIDDEN"] * 3
    assert [each["evidence"] for each in answer["data"]["frictions"]["nodes"]] == [None] * 3

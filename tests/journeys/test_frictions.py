"""What people decide about frictions, and what is refused."""

from typing import Any

import pytest

from apps.accounts.permissions import Role
from apps.journeys.models import Friction, FrictionChange, Touchpoint
from cxplatform.graphql.global_ids import global_id
from cxplatform.ids import uuid7
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker, codes
from tests.journeys.mapped import department

REPORT = """mutation($input: ReportFrictionInput!) { reportFriction(input: $input) {
  friction { id title status category severity rule systemic bad assignee touchpoint { key } }
  userErrors { code field } } }"""
REPORTED = {"touchpoint": "returns", "title": "Who pays the postage?", "category": "POLICY", "severity": "HIGH"}
HISTORY = """{ touchpoints: frictions(where: {touchpoint: {eq: "returns"}}) { totalCount nodes { status doneAt
  history(orderBy: [{field: AT, direction: ASC}]) { nodes { status note actorName } } } } }"""


@pytest.fixture
def reported(admin: Asker, acme: BrandRef) -> str:
    with brand_tx(acme):
        Touchpoint.objects.create(key="returns")
    made = admin.data(REPORT, {"input": REPORTED})["reportFriction"]
    identity: str = made["friction"]["id"]
    assert made["friction"] == {
        "id": identity, **REPORTED, "touchpoint": {"key": "returns"}, "status": "CONFIRMED", "rule": "REPORTED",
        "systemic": False, "bad": None, "assignee": "",
    }  # fmt: skip
    return identity


def decide(asker: Asker, name: str, identity: str, **given: Any) -> Any:
    document = f"""mutation($input: {name[0].upper()}{name[1:]}Input!) {{ {name}(input: $input) {{
      friction {{ status category severity title assignee dueOn department {{ key }} }}
      userErrors {{ code field }} }} }}"""
    return asker.ask(document, {"input": {"id": identity, **given}})


def test_a_friction_becomes_somebodys_task_and_is_resolved_with_its_history(admin: Asker, reported: str) -> None:
    department(admin)

    decide(admin, "startFriction", reported, department="shop", assignee="Kim", dueOn="2026-06-01")
    started = decide(admin, "startFriction", reported, note="Mine, then.")["data"]["startFriction"]
    resolved = decide(admin, "resolveFriction", reported, note="One page says so.")["data"]["resolveFriction"]

    me = admin.data("{ me { name } }")["me"]["name"]
    assert started["friction"]["department"] == {"key": "shop"}
    assert (started["friction"]["assignee"], started["friction"]["dueOn"]) == (me, None)
    assert resolved["friction"]["status"] == "RESOLVED"
    (node,) = admin.data(HISTORY)["touchpoints"]["nodes"]
    assert node["doneAt"] is not None
    assert node["history"]["nodes"] == [
        {"status": "CONFIRMED", "note": "", "actorName": me},
        {"status": "IN_PROGRESS", "note": "", "actorName": me},
        {"status": "IN_PROGRESS", "note": "Mine, then.", "actorName": me},
        {"status": "RESOLVED", "note": "One page says so.", "actorName": me},
    ]


def test_confirming_says_what_it_is_and_leaves_the_rest(admin: Asker, reported: str) -> None:
    decide(admin, "dismissFriction", reported, note="A sale.")

    confirmed = decide(admin, "confirmFriction", reported, category="PROCESS", title=" Postage ")

    assert confirmed["data"]["confirmFriction"]["friction"] == {
        "status": "CONFIRMED", "category": "PROCESS", "severity": "HIGH", "title": "Postage", "assignee": "",
        "dueOn": None, "department": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "given", "error"),
    [
        ("dismissFriction", {"note": " "}, ("BAD_USER_INPUT", "note")),
        ("dismissFriction", {"note": "x" * 1_001}, ("BAD_USER_INPUT", "note")),
        ("confirmFriction", {}, ("CONFLICT", "id")),
        ("startFriction", {"department": "nobody"}, ("BAD_USER_INPUT", "department")),
        ("startFriction", {"assignee": "x" * 201}, ("BAD_USER_INPUT", "assignee")),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(  # noqa: PLR0917  # pytest hands them over by name
    admin: Asker, acme: BrandRef, reported: str, name: str, given: dict[str, Any], error: tuple[str, str]
) -> None:
    before = stored(acme)

    answer = decide(admin, name, reported, **given)["data"][name]

    assert answer == {"friction": None, "userErrors": [{"code": error[0], "field": error[1]}]}
    assert stored(acme) == before


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.AGENT, Role.ANALYST, Role.VIEWER])
def test_who_may_not_configure_reads_and_decides_nothing(
    asker: MakeAsker, acme: BrandRef, reported: str, role: Role
) -> None:
    before, other = stored(acme), asker(role)

    assert codes(decide(other, "resolveFriction", reported)) == ["FORBIDDEN"]
    assert codes(other.ask(REPORT, {"input": REPORTED})) == ["FORBIDDEN"]
    assert other.data("{ frictions { totalCount } }")["frictions"]["totalCount"] == 1
    assert stored(acme) == before


def test_another_brands_friction_is_none(asker: MakeAsker, acme: BrandRef, globex: BrandRef, reported: str) -> None:
    stranger, before = asker(Role.BRAND_ADMIN, brand=globex), stored(acme)

    assert codes(decide(stranger, "resolveFriction", reported)) == ["NOT_FOUND"]
    assert stranger.data(HISTORY)["touchpoints"] == {"totalCount": 0, "nodes": []}
    assert stored(acme) == before


def test_an_unknown_touchpoint_has_no_frictions(admin: Asker, acme: BrandRef) -> None:
    answer = admin.data(REPORT, {"input": REPORTED})["reportFriction"]

    assert answer == {"friction": None, "userErrors": [{"code": "BAD_USER_INPUT", "field": "touchpoint"}]}


def test_an_id_of_another_kind_is_no_friction(admin: Asker, reported: str) -> None:
    key = global_id("Customer", uuid7())

    assert codes(decide(admin, "resolveFriction", key)) == ["NOT_FOUND"]


def stored(brand: BrandRef) -> Any:
    with brand_tx(brand):
        return [list(model.objects.order_by("pk").values()) for model in (Friction, FrictionChange)]

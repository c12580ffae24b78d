"""The tree of reasons through the API: made, renamed, moved, merged, retired, linked, asked for as it was."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connections

from apps.accounts.permissions import Role
from apps.interactions.imports import INTERACTIONS
from apps.interactions.models import Interaction, Reason, ReasonAlias, ReasonVersion
from apps.journeys.models import Touchpoint
from cxplatform.audit.models import AuditEvent
from cxplatform.graphql.global_ids import global_id
from cxplatform.imports.upserts import upsert
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker, codes
from tests.isolation.api import world

FLOWS = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "contact_reason_flows.json"
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
REASON = "reason { id path name retiredAt parent { path } mergedInto { path } } userErrors { code field message }"


def run(asker: Asker, mutation: str, fields: str = REASON, **given: Any) -> Any:
    """Run a mutation of reasons; `make`, for one, is createReason."""
    kind = mutation[0].upper() + mutation[1:]
    query = f"mutation($input: {kind}Input!) {{ {mutation}(input: $input) {{ {fields} }} }}"
    return asker.data(query, {"input": given})[mutation]


def make(asker: Asker, name: str, parent: str | None = None) -> str:
    made = run(asker, "createReason", name=name, parent=parent)
    assert made["userErrors"] == []
    identity: str = made["reason"]["id"]
    return identity


def refusal(answer: Any) -> tuple[str, str]:
    (error,) = answer["userErrors"]
    assert answer["reason"] is None
    return error["code"], error["field"]


def paths(asker: Asker, where: str = "") -> list[str]:
    listed = asker.data(f"{{ reasons{where} {{ nodes {{ path }} }} }}")["reasons"]["nodes"]
    return [node["path"] for node in listed]


def imported(brand: BrandRef, *paths: str) -> list[str]:
    """Import an interaction for each path, now; return the paths under which they are."""
    rows = [
        {"external_id": f"{path}-{n}", "channel": "PHONE", "opened_at": NOW, "reason": path}
        for n, path in enumerate(paths)
    ]
    with brand_tx(brand):
        outcomes = upsert(INTERACTIONS, rows, now=NOW)
        stored = Interaction.objects.select_related("reason").in_bulk([outcome.id for outcome in outcomes])
        return [stored[outcome.id].reason.path for outcome in outcomes]


@pytest.fixture
def billing(admin: Asker) -> dict[str, str]:
    """A small tree: ids by path."""
    billing = make(admin, "Billing")
    refund = make(admin, "Refund", billing)
    return {
        "Billing": billing,
        "Billing/Refund": refund,
        "Billing/Refund/Late": make(admin, "Late", refund),
        "Login": make(admin, "Login"),
    }


def test_a_tree_is_made_and_listed_by_path(admin: Asker, billing: dict[str, str]) -> None:
    made = run(admin, "createReason", name=" Invoice ", parent=billing["Billing"])["reason"]

    assert (made["path"], made["name"], made["parent"], made["retiredAt"], made["mergedInto"]) == (
        "Billing/Invoice",
        "Invoice",
        {"path": "Billing"},
        None,
        None,
    )
    assert paths(admin) == ["Billing", "Billing/Invoice", "Billing/Refund", "Billing/Refund/Late", "Login"]
    assert paths(admin, '(where: {path: {under: "Billing/Refund"}})') == ["Billing/Refund", "Billing/Refund/Late"]
    assert paths(admin, "(where: {parent: {isNull: true}}, orderBy: [{field: PATH, direction: DESC}])") == [
        "Login",
        "Billing",
    ]


def test_children_are_those_directly_below(admin: Asker, billing: dict[str, str]) -> None:
    asked = "query($id: ID!) { reason(id: $id) { children { nodes { path children { nodes { path } } } } } }"

    found = admin.data(asked, {"id": billing["Billing"]})["reason"]["children"]["nodes"]

    assert found == [{"path": "Billing/Refund", "children": {"nodes": [{"path": "Billing/Refund/Late"}]}}]


def test_a_renamed_reason_keeps_its_id_and_its_old_paths_lead_to_it(
    admin: Asker, acme: BrandRef, billing: dict[str, str]
) -> None:
    renamed = run(admin, "renameReason", id=billing["Billing"], name="Invoices")["reason"]

    assert (renamed["id"], renamed["path"]) == (billing["Billing"], "Invoices")
    assert paths(admin) == ["Invoices", "Invoices/Refund", "Invoices/Refund/Late", "Login"]
    assert imported(acme, "Billing", "Billing/Refund/Late", "Billing/New", "Billing/New/Deep", "Invoices/New") == [
        "Invoices",
        "Invoices/Refund/Late",
        "Invoices/New",
        "Invoices/New/Deep",
        "Invoices/New",
    ]
    assert len(paths(admin)) == 6


def test_a_name_may_be_taken_back_but_no_path_leads_to_two(admin: Asker, billing: dict[str, str]) -> None:
    run(admin, "renameReason", id=billing["Billing"], name="Invoices")

    assert refusal(run(admin, "createReason", name="Billing")) == ("CONFLICT", "name")
    assert refusal(run(admin, "renameReason", id=billing["Login"], name="Billing")) == ("CONFLICT", "name")
    assert refusal(run(admin, "createReason", name="Login")) == ("CONFLICT", "name")
    assert run(admin, "renameReason", id=billing["Billing"], name="Billing")["reason"]["path"] == "Billing"
    assert paths(admin) == ["Billing", "Billing/Refund", "Billing/Refund/Late", "Login"]


def test_a_moved_reason_takes_along_what_lies_below(admin: Asker, acme: BrandRef, billing: dict[str, str]) -> None:
    moved = run(admin, "moveReason", id=billing["Billing/Refund"], parent=billing["Login"])["reason"]
    up = run(admin, "moveReason", id=billing["Billing/Refund/Late"])["reason"]

    assert (moved["path"], moved["parent"]) == ("Login/Refund", {"path": "Login"})
    assert (up["path"], up["parent"]) == ("Late", None)
    assert imported(acme, "Billing/Refund/Late", "Billing/Refund/Other") == ["Late", "Login/Refund/Other"]


def test_a_reason_never_lies_below_itself(admin: Asker, acme: BrandRef, billing: dict[str, str]) -> None:
    for below in ("Billing", "Billing/Refund", "Billing/Refund/Late"):
        answer = run(admin, "moveReason", id=billing["Billing"], parent=billing[below])
        assert refusal(answer) == ("CONFLICT", "parent")

    assert paths(admin) == ["Billing", "Billing/Refund", "Billing/Refund/Late", "Login"]
    with brand_tx(acme):
        assert not ReasonAlias.objects.exists()


def test_a_merged_reason_counts_under_the_one_that_stays(admin: Asker, acme: BrandRef, billing: dict[str, str]) -> None:
    imported(acme, "Login", "Billing/Refund", "Billing/Refund/Late")

    merged = run(
        admin, "mergeReasons", f"moved moving {REASON}", reasons=[billing["Billing/Refund"]], into=billing["Login"]
    )

    assert (merged["reason"]["path"], merged["moved"], merged["moving"]) == ("Login", 1, False)
    assert imported(acme, "Billing/Refund", "Billing/Refund/Late", "Billing/Refund/New") == [
        "Login",
        "Login/Late",
        "Login/New",
    ]
    with brand_tx(acme):
        counted = Interaction.objects.filter(reason__path="Login").count()
    assert counted == 3
    gone = '{ reasons(where: {mergedInto: {eq: "Login"}}) { nodes { path mergedInto { path } } } }'
    assert admin.data(gone)["reasons"]["nodes"] == [{"path": "Billing/Refund", "mergedInto": {"path": "Login"}}]


def test_who_stays_may_take_the_name_of_who_went_and_merges_follow_one_another(
    admin: Asker, acme: BrandRef, billing: dict[str, str]
) -> None:
    access = make(admin, "Access")
    run(admin, "mergeReasons", reasons=[billing["Login"]], into=access)
    renamed = run(admin, "renameReason", id=access, name="Login")["reason"]
    run(admin, "mergeReasons", reasons=[access], into=billing["Billing"])

    assert renamed["path"] == "Login"
    assert imported(acme, "Login", "Access", "Access/Password") == ["Billing", "Billing", "Billing/Password"]


@pytest.mark.parametrize(
    ("reasons", "into", "field"),
    [
        (["Billing"], "Billing", "into"),
        (["Billing"], "Billing/Refund", "into"),
        (["Login", "Billing/Refund"], "Retired", "into"),
        (["Gone"], "Login", "reasons"),
    ],
)
def test_what_cannot_be_merged_is_refused_and_nothing_is(
    admin: Asker, billing: dict[str, str], *, reasons: list[str], into: str, field: str
) -> None:
    known = {**billing, "Retired": make(admin, "Retired"), "Gone": make(admin, "Gone")}
    run(admin, "mergeReasons", reasons=[known["Gone"]], into=billing["Billing"])
    run(admin, "retireReason", id=known["Retired"])

    answer = run(admin, "mergeReasons", reasons=[known[path] for path in reasons], into=known[into])

    assert refusal(answer) == ("CONFLICT", field)
    assert paths(admin, "(where: {retiredAt: {isNull: true}})") == list(billing)


def test_two_of_one_name_below_are_merged_first(admin: Asker, billing: dict[str, str]) -> None:
    make(admin, "Late", make(admin, "Refund", billing["Login"]))
    other = make(admin, "Refund")
    make(admin, "Late", other)

    answer = run(admin, "mergeReasons", reasons=[other], into=billing["Billing/Refund"])

    assert refusal(answer) == ("CONFLICT", "reasons")
    assert "Refund/Late" in paths(admin)


def test_a_retired_reason_takes_nothing_new_from_people_and_counts_on(
    admin: Asker, acme: BrandRef, billing: dict[str, str]
) -> None:
    retired = run(admin, "retireReason", id=billing["Billing"])["reason"]

    assert retired["retiredAt"] is not None
    assert paths(admin, "(where: {retiredAt: {isNull: true}})") == ["Login"]
    assert refusal(run(admin, "createReason", name="X", parent=billing["Billing/Refund"])) == ("CONFLICT", "parent")
    assert refusal(run(admin, "moveReason", id=billing["Login"], parent=billing["Billing"])) == ("CONFLICT", "parent")
    assert imported(acme, "Billing/Refund") == ["Billing/Refund"]


def test_the_tree_can_be_asked_for_as_it_was(admin: Asker, billing: dict[str, str]) -> None:
    asked = "query($at: DateTime!) { reasonTree(at: $at) { nodes { path parent { path } reason { path } } } }"
    moments = [datetime(2030, 1, day, tzinfo=UTC) for day in (1, 2, 3)]
    with time_machine.travel(moments[0], tick=False):
        run(admin, "renameReason", id=billing["Billing"], name="Invoices")
    with time_machine.travel(moments[1], tick=False):
        run(admin, "mergeReasons", reasons=[billing["Login"]], into=billing["Billing"])
    with time_machine.travel(moments[2], tick=False):
        run(admin, "retireReason", id=billing["Billing/Refund"])
        run(admin, "createReason", name="New")

    def at(moment: datetime) -> list[str]:
        return [node["path"] for node in admin.data(asked, {"at": moment.isoformat()})["reasonTree"]["nodes"]]

    assert at(datetime(2000, 1, 1, tzinfo=UTC)) == []
    assert at(moments[0] - timedelta(microseconds=1)) == ["Billing", "Billing/Refund", "Billing/Refund/Late", "Login"]
    assert at(moments[0]) == ["Invoices", "Invoices/Refund", "Invoices/Refund/Late", "Login"]
    assert at(moments[1]) == ["Invoices", "Invoices/Refund", "Invoices/Refund/Late"]
    assert at(moments[2]) == ["Invoices", "Invoices/Refund", "Invoices/Refund/Late", "New"]


def test_a_reason_tells_what_it_was_by_the_trees_version(admin: Asker, billing: dict[str, str]) -> None:
    run(admin, "renameReason", id=billing["Billing"], name="Invoices")
    run(admin, "moveReason", id=billing["Billing/Refund"])

    asked = """query($id: ID!) { reason(id: $id) { versions { nodes { number path parent { path } until } }
      fifth: versions(first: 1, where: {number: {range: {lt: 6}}}) { nodes { path } } } }"""
    told = admin.data(asked, {"id": billing["Billing/Refund"]})["reason"]

    assert [(each["number"], each["path"], each["until"] is None) for each in told["versions"]["nodes"]] == [
        (6, "Refund", True),
        (5, "Invoices/Refund", False),
        (2, "Billing/Refund", False),
    ]
    assert told["fifth"]["nodes"] == [{"path": "Invoices/Refund"}]


def test_what_imports_make_has_its_versions_too(admin: Asker, acme: BrandRef) -> None:
    imported(acme, "Returns/Size")

    told = admin.data("{ reasons { nodes { path versions { nodes { number since } } } } }")["reasons"]["nodes"]

    assert [node["path"] for node in told] == ["Returns", "Returns/Size"]
    assert [node["versions"]["nodes"] for node in told] == [
        [{"number": number, "since": "2026-03-10T12:00:00+00:00"}] for number in (1, 2)
    ]


def test_a_reason_without_a_version_had_none_before_its_first_change(admin: Asker, acme: BrandRef) -> None:
    with brand_tx(acme):
        old = Reason.objects.create(path="Old", name="Old")

    run(admin, "renameReason", id=global_id("Reason", old.id), name="New")

    with brand_tx(acme):
        versions = list(ReasonVersion.objects.order_by("number").values_list("number", "path", "since__year"))
    assert [(number, path) for number, path, _ in versions] == [(0, "Old"), (1, "New")]
    assert versions[0][2] == 1900


def test_reasons_are_linked_to_the_touchpoints_at_which_they_arise(
    admin: Asker, acme: BrandRef, billing: dict[str, str]
) -> None:
    with brand_tx(acme):
        ids = {key: global_id("Touchpoint", Touchpoint.objects.create(key=key).id) for key in ("checkout", "app")}
    links = "reason { touchpoints { nodes { touchpoint { key reasons { totalCount } } } } } userErrors { code }"
    for key in ("checkout", "checkout", "app"):
        told = run(admin, "linkReasonToTouchpoint", links, reason=billing["Login"], touchpoint=ids[key])
    run(admin, "linkReasonToTouchpoint", links, reason=billing["Billing"], touchpoint=ids["app"])

    left = run(admin, "unlinkReasonFromTouchpoint", links, reason=billing["Login"], touchpoint=ids["checkout"])
    run(admin, "mergeReasons", reasons=[billing["Login"]], into=billing["Billing"])

    assert {node["touchpoint"]["key"] for node in told["reason"]["touchpoints"]["nodes"]} == {"checkout", "app"}
    assert [node["touchpoint"]["key"] for node in left["reason"]["touchpoints"]["nodes"]] == ["app"]
    asked = "query($id: ID!) { reason(id: $id) { touchpoints { nodes { touchpoint { key } } } } }"
    assert admin.data(asked, {"id": billing["Billing"]})["reason"]["touchpoints"]["nodes"] == [
        {"touchpoint": {"key": "app"}}
    ]


TREE = {"intents": {"flows": ["shipping_issue", "login"], "subflows": {"shipping_issue": ["status", "not_there"]}}}
LOADED = "made known userErrors { code field message }"


def test_a_starting_tree_is_loaded_beside_what_is_there(admin: Asker, acme: BrandRef, billing: dict[str, str]) -> None:
    run(admin, "renameReason", id=billing["Login"], name="Access")
    first = run(admin, "loadReasonTree", LOADED, tree=TREE)
    again = run(admin, "loadReasonTree", LOADED, tree=TREE)

    assert (first["made"], first["known"], again["made"], again["known"]) == (3, 1, 0, 4)
    assert [path for path in paths(admin) if not path.startswith("Billing")] == [
        "Access",
        "Shipping issue",
        "Shipping issue/Not there",
        "Shipping issue/Status",
    ]


@pytest.mark.skipif(not FLOWS.exists(), reason=f"the data set {FLOWS.name} is not on this machine")
def test_the_public_flows_load_as_a_starting_tree(admin: Asker) -> None:
    loaded = run(admin, "loadReasonTree", LOADED, tree=json.loads(FLOWS.read_text()))

    assert (loaded["made"], loaded["known"]) == (65, 0)
    assert paths(admin, '(where: {path: {under: "Storewide query"}})') == [
        "Storewide query",
        "Storewide query/Membership",
        "Storewide query/Policy",
        "Storewide query/Pricing",
        "Storewide query/Timing",
    ]


@pytest.mark.parametrize(
    "tree",
    [
        None,
        [],
        "x",
        {},
        {"intents": {"flows": []}},
        {"intents": {"flows": "login"}},
        {"intents": {"flows": [7]}},
        {"intents": {"flows": ["a/b"]}},
        {"intents": {"flows": ["_"]}},
        {"intents": {"flows": ["a" * 101]}},
        {"intents": {"flows": ["a"], "subflows": {"b": ["c"]}}},
        {"intents": {"flows": ["a"], "subflows": {"a": "c"}}},
        {"intents": {"flows": [f"f{n}" for n in range(1_001)]}},
    ],
)
def test_what_is_no_tree_is_refused(admin: Asker, acme: BrandRef, *, tree: object) -> None:
    answer = admin.ask(
        "mutation($input: LoadReasonTreeInput!) { loadReasonTree(input: $input) { made userErrors { code field } } }",
        {"input": {"tree": tree}},
    )

    told = answer.get("data") and answer["data"]["loadReasonTree"]
    assert codes(answer) == ["BAD_USER_INPUT"] or told["userErrors"] == [{"code": "BAD_USER_INPUT", "field": "tree"}]
    with brand_tx(acme):
        assert not Reason.objects.exists()


@pytest.mark.parametrize("name", ["", " ", "a/b", "x" * 101])
def test_a_bad_name_is_refused(admin: Asker, acme: BrandRef, *, name: str) -> None:
    assert refusal(run(admin, "createReason", name=name)) == ("BAD_USER_INPUT", "name")
    with brand_tx(acme):
        assert not Reason.objects.exists()


def test_the_tree_has_ten_levels(admin: Asker) -> None:
    parent = None
    for level in range(10):
        parent = make(admin, f"L{level}", parent)
    other = make(admin, "Other")

    assert refusal(run(admin, "createReason", name="L10", parent=parent)) == ("BAD_USER_INPUT", "parent")
    top = admin.data('{ reasons(where: {path: {eq: "L0"}}) { nodes { id } } }')["reasons"]["nodes"][0]["id"]
    assert refusal(run(admin, "moveReason", id=top, parent=other)) == ("BAD_USER_INPUT", "parent")


def test_changes_are_in_the_trail_with_who_made_them(admin: Asker, acme: BrandRef, billing: dict[str, str]) -> None:
    run(admin, "renameReason", id=billing["Billing"], name="Invoices")
    run(admin, "renameReason", id=billing["Billing"], name="Invoices")
    run(admin, "mergeReasons", reasons=[billing["Login"]], into=billing["Billing"])

    with brand_tx(acme):
        renamed, merged = list(AuditEvent.objects.order_by("sequence"))[-2:]
    assert (renamed.action, renamed.actor_role, renamed.object_label) == ("rename_reason", "BRAND_ADMIN", "Invoices")
    assert (json.loads(renamed.before), json.loads(renamed.after)) == (
        {"path": "Billing"},
        {"path": "Invoices", "reasons": 3},
    )
    assert merged.action == "merge_reasons"
    assert [each["path"] for each in json.loads(merged.before)["reasons"]] == ["Login"]
    assert json.loads(merged.after) == {"path": "Invoices", "moved": 0, "moving": False}


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.AGENT, Role.ANALYST, Role.VIEWER])
def test_others_read_the_tree_and_change_nothing(asker: MakeAsker, admin: Asker, acme: BrandRef, *, role: Role) -> None:
    make(admin, "Billing")
    reader = asker(role)
    reader.brand = acme.slug

    answer = reader.ask('mutation { createReason(input: {name: "X"}) { reason { id } } }')

    assert codes(answer) == ["FORBIDDEN"]
    assert paths(reader) == ["Billing"]


def test_of_two_moves_at_once_that_would_make_a_circle_one_is_refused(committed: None, acme: BrandRef) -> None:
    asker = Asker(world.person(Role.PROVIDER_ADMIN, acme).token, brand="acme")
    one, other = make(asker, "One"), make(asker, "Other")

    def move(pair: tuple[str, str]) -> list[str]:
        try:
            answer = run(asker, "moveReason", id=pair[0], parent=pair[1])
            return [error["code"] for error in answer["userErrors"]]
        finally:
            connections["default"].close()

    for _ in range(5):
        with ThreadPoolExecutor(2) as threads:
            refused = list(threads.map(move, [(one, other), (other, one)]))
        assert sorted(refused) == [[], ["CONFLICT"]]
        found = paths(asker)
        assert found in (["One", "One/Other"], ["Other", "Other/One"])
        run(asker, "moveReason", id=other if found[0] == "One" else one)

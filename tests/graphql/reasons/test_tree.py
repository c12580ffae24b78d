"""The tree of reasons through the API: made, renamed, moved, merged, retired, linked."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from apps.accounts.permissions import Role
from apps.interactions.models import Interaction, Reason, ReasonAlias
from apps.journeys.models import Touchpoint
from cxplatform.graphql.global_ids import global_id
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker, codes
from tests.graphql.reasons.trees import REASON, imported, make, paths, refusal, run
from tests.isolation.api import world


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

"""What the tree of reasons was: asked for as of an instant, by version, and who changed it."""

import json
from datetime import UTC, datetime, timedelta

import time_machine

from apps.interactions.models import Reason, ReasonVersion
from cxplatform.audit.models import AuditEvent
from cxplatform.graphql.global_ids import global_id
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker
from tests.graphql.reasons.trees import imported, run


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

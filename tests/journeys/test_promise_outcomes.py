"""Promises through the API: what people say of them, who repairs what was broken, and who may see which."""

from typing import Any

import pytest

from apps.accounts.permissions import Role
from apps.journeys.models import PromiseOutcome, PromiseStatement, TouchpointEvent
from cxplatform.graphql.global_ids import global_id
from cxplatform.ids import uuid7
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker, codes
from tests.journeys.ledger import event, settle, take
from tests.journeys.promised import cited

OUTCOME = """promiseOutcome {
    id outcome decidedBy promise { key } maker { key } owner { key } repairedBy { key } repairedAt touchpoint { key }
    customer { externalId } occurredAt event { externalId } interaction { externalId } surveyResponse { id }
    statement { outcome note recordedBy } repair { note }
  } userErrors { code field }"""
RECORD = f"""mutation($input: RecordPromiseOutcomeInput!) {{ recordPromiseOutcome(input: $input) {{ {OUTCOME} }} }}"""
REPAIR = f"""mutation($input: RecordPromiseRepairInput!) {{ recordPromiseRepair(input: $input) {{ {OUTCOME} }} }}"""
REPAIRED = {"department": "shop", "at": "2026-03-03T09:00:00Z"}


@pytest.fixture
def contact(db: None, acme: BrandRef) -> str:
    """Ana's contact, which shows what became of the promise `care`."""
    with brand_tx(acme):
        return global_id("Interaction", cited().pk)


def record(asker: Asker, evidence: str, outcome: str = "BROKEN", **more: Any) -> Any:
    given = {"promise": "care", "evidence": evidence, "outcome": outcome, **more}
    return asker.data(RECORD, {"input": given})["recordPromiseOutcome"]


def test_who_promised_who_broke_and_who_repaired_are_told_together(admin: Asker, contact: str) -> None:
    broken = record(admin, contact, note=" Nobody called back. ")["promiseOutcome"]
    repair = {"outcome": broken["id"], "repair": REPAIRED, "note": "Called, with flowers."}

    repaired = admin.data(REPAIR, {"input": repair})["recordPromiseRepair"]["promiseOutcome"]

    assert repaired == {
        "id": broken["id"], "outcome": "BROKEN", "decidedBy": "PERSON", "owner": None, "touchpoint": None,
        "promise": {"key": "care"}, "maker": {"key": "shop"}, "customer": {"externalId": "ana"},
        "occurredAt": "2026-03-02T00:00:00+00:00", "event": None, "surveyResponse": None,
        "interaction": {"externalId": "cited"},
        "statement": {"outcome": "BROKEN", "note": "Nobody called back.", "recordedBy": "Brand_Admin 1"},
        "repairedBy": {"key": "shop"}, "repairedAt": "2026-03-03T09:00:00+00:00",
        "repair": {"note": "Called, with flowers."},
    }  # fmt: skip
    lists = """{ promiseOutcomes(where: {repairedBy: {eq: "shop"}, maker: {eq: "shop"}}) { nodes { id } }
      brandPromises { nodes { outcomes(where: {outcome: {eq: BROKEN}}) { nodes { id } } } }
      customers { nodes { promiseOutcomes { nodes { id } } } } }"""
    shown = admin.data(lists)
    assert shown["promiseOutcomes"]["nodes"] == [{"id": broken["id"]}]
    assert shown["brandPromises"]["nodes"] == [{"outcomes": {"nodes": [{"id": broken["id"]}]}}]
    assert shown["customers"]["nodes"] == [{"promiseOutcomes": {"nodes": [{"id": broken["id"]}]}}]


def test_the_last_word_counts(admin: Asker, contact: str, acme: BrandRef) -> None:
    record(admin, contact, "BROKEN", repair=REPAIRED)

    kept = record(admin, contact, "KEPT")["promiseOutcome"]

    assert (kept["outcome"], kept["statement"]["outcome"]) == ("KEPT", "KEPT")
    assert kept["repairedBy"] == {"key": "shop"}
    with brand_tx(acme):
        assert (PromiseOutcome.objects.count(), PromiseStatement.objects.count()) == (1, 2)


def test_what_is_measured_is_not_said_otherwise_but_may_be_repaired(admin: Asker, contact: str, acme: BrandRef) -> None:
    take(acme, event("late", promise="care", promise_kept=False))
    settle(acme)
    with brand_tx(acme):
        late = global_id("TouchpointEvent", TouchpointEvent.objects.get().pk)
        known = global_id("PromiseOutcome", PromiseOutcome.objects.get().pk)

    refused = record(admin, late, "KEPT")
    repaired = admin.data(REPAIR, {"input": {"outcome": known, "repair": REPAIRED}})["recordPromiseRepair"]

    assert refused == {"promiseOutcome": None, "userErrors": [{"code": "CONFLICT", "field": "evidence"}]}
    assert repaired["promiseOutcome"]["decidedBy"] == "EVENT"
    assert repaired["promiseOutcome"]["repairedBy"] == {"key": "shop"}
    # What was said stays when the event is made anew: it is imported again, as kept by now.
    take(acme, event("late", promise="care", promise_kept=True))
    settle(acme)
    (only,) = admin.data("{ promiseOutcomes { nodes { outcome repairedBy { key } } } }")["promiseOutcomes"]["nodes"]
    assert only == {"outcome": "KEPT", "repairedBy": {"key": "shop"}}


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "no such promise": ({"promise": "another"}, "promise"),
    "no such department": ({"repair": {**REPAIRED, "department": "nobody"}}, "repair.department"),
    "repaired before": ({"repair": {**REPAIRED, "at": "2026-03-01T00:00:00Z"}}, "repair.at"),
    "repaired tomorrow": ({"repair": {**REPAIRED, "at": "2999-03-01T00:00:00Z"}}, "repair.at"),
    "repaired though kept": ({"outcome": "KEPT", "repair": REPAIRED}, "repair"),
    "a long note": ({"note": "n" * 4_001}, "note"),
    "a customer for evidence": ({"evidence": global_id("Customer", uuid7())}, "evidence"),
}


@pytest.mark.parametrize(("wrong", "field"), REFUSED.values(), ids=list(REFUSED))
def test_what_is_wrong_is_told_and_nothing_is_recorded(
    admin: Asker, contact: str, acme: BrandRef, wrong: dict[str, Any], field: str
) -> None:
    given = {"promise": "care", "evidence": contact, "outcome": "BROKEN", **wrong}

    answer = admin.data(RECORD, {"input": given})["recordPromiseOutcome"]

    assert [error["field"] for error in answer["userErrors"]] == [field]
    with brand_tx(acme):
        assert (PromiseOutcome.objects.count(), PromiseStatement.objects.count()) == (0, 0)


def test_another_brands_evidence_and_unknown_evidence_are_not_found(
    asker: MakeAsker, contact: str, globex: BrandRef
) -> None:
    stranger = asker(Role.BRAND_ADMIN, brand=globex)
    unknown = global_id("Interaction", uuid7())
    given = {"promise": "care", "outcome": "KEPT"}

    answers = [codes(stranger.ask(RECORD, {"input": {**given, "evidence": each}})) for each in (contact, unknown)]

    assert answers == [["NOT_FOUND"], ["NOT_FOUND"]]


def test_an_agent_speaks_for_customers_it_serves_and_an_analyst_sees_no_note_nor_whose(
    asker: MakeAsker, admin: Asker, contact: str
) -> None:
    record(admin, contact, note="Ana cried.")

    stranger = asker(Role.AGENT)
    refused = codes(stranger.ask(RECORD, {"input": {"promise": "care", "evidence": contact, "outcome": "KEPT"}}))
    seen = stranger.data("{ promiseOutcomes { nodes { id } } }")
    analyst = asker(Role.ANALYST).ask("{ promiseOutcomes { nodes { outcome statement { note recordedBy } } } }")

    assert (refused, seen["promiseOutcomes"]["nodes"]) == (["FORBIDDEN"], [])
    assert codes(analyst) == ["FORBIDDEN", "FORBIDDEN"]
    assert analyst["data"]["promiseOutcomes"]["nodes"][0]["statement"] == {"note": None, "recordedBy": None}

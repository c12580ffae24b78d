"""Journeys made through the API: departments, promises, drafts, and versions that are in force."""

from typing import Any

from tests.graphql.conftest import Asker

CREATE_DEPARTMENT = """mutation($input: CreateDepartmentInput!) {
  createDepartment(input: $input) { department { id key name } userErrors { code field } } }"""
CREATE_PROMISE = """mutation($input: CreatePromiseInput!) {
  createPromise(input: $input) { promise { id key text criterion withinMs } userErrors { code field } } }"""
CREATE_JOURNEY = """mutation($input: CreateJourneyInput!) {
  createJourney(input: $input) { journey { id key name } userErrors { code field } } }"""
DRAFT = """mutation($input: DraftJourneyVersionInput!) {
  draftJourneyVersion(input: $input) { version { id number state } userErrors { code field } } }"""
EDIT = """mutation($input: EditJourneyDraftInput!) {
  editJourneyDraft(input: $input) { version { id } userErrors { code field message } } }"""
PUBLISH = """mutation($input: PublishJourneyVersionInput!) {
  publishJourneyVersion(input: $input) {
    version { id number state effectiveFrom effectiveUntil } userErrors { code field } } }"""
RETIRE = """mutation($input: RetireJourneyVersionInput!) {
  retireJourneyVersion(input: $input) { version { state effectiveFrom effectiveUntil } userErrors { code field } } }"""

LONG_AGO = "2020-01-01T00:00:00+00:00"


def at(touchpoint: str, **more: Any) -> dict[str, Any]:
    """Write a touchpoint on the web, owned by the department `shop`."""
    return {"touchpoint": touchpoint, "owner": "shop", "channel": "WEB", **more}


def stage(kind: str, *touchpoints: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"kind": kind, "touchpoints": list(touchpoints), **more}


BUYING = [stage("PURCHASE", at("checkout", weight=60)), stage("SUPPORT", at("returns", weight=40))]


def department(admin: Asker, key: str = "shop", name: str = "Shop") -> str:
    made = admin.data(CREATE_DEPARTMENT, {"input": {"key": key, "name": name}})["createDepartment"]
    return str(made["department"]["id"])


def promise(admin: Asker, key: str = "quick", maker: str = "shop", **more: Any) -> str:
    given = {"key": key, "text": f"Promised: {key}", "maker": maker, **more}
    return str(admin.data(CREATE_PROMISE, {"input": given})["createPromise"]["promise"]["id"])


def journey(admin: Asker, key: str = "buying") -> str:
    made = admin.data(CREATE_JOURNEY, {"input": {"key": key, "name": "Buying"}})["createJourney"]
    return str(made["journey"]["id"])


def draft(admin: Asker, of: str, stages: list[dict[str, Any]] | None = None) -> str:
    """Begin a draft of the journey with this id, with these stages if they are given."""
    begun = str(admin.data(DRAFT, {"input": {"journey": of}})["draftJourneyVersion"]["version"]["id"])
    if stages is not None:
        assert admin.data(EDIT, {"input": {"id": begun, "stages": stages}})["editJourneyDraft"]["userErrors"] == []
    return begun


def published(admin: Asker, of: str, stages: list[dict[str, Any]], since: str | None = LONG_AGO) -> str:
    """Put a version with these stages in force; return its id."""
    begun = draft(admin, of, stages)
    given = {"id": begun, "effectiveFrom": since}
    assert admin.data(PUBLISH, {"input": given})["publishJourneyVersion"]["userErrors"] == []
    return begun


def made_id(kind: str, admin: Asker) -> str:
    """Make what a mutation is about, with all that takes; return its id."""
    shop = department(admin)
    if kind == "department":
        return shop
    if kind == "promise":
        return promise(admin)
    buying = journey(admin)
    if kind == "journey":
        return buying
    if kind == "published":
        return published(admin, buying, BUYING)
    return draft(admin, buying, BUYING if kind == "full draft" else None)


MADE = ("department", "promise", "journey", "draft", "full draft", "published")

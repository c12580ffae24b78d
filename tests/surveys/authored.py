"""Surveys made through the API: drafts, and versions that are published."""

from typing import Any

from tests.graphql.conftest import Asker

CREATE = """mutation($input: CreateSurveyInput!) {
  createSurvey(input: $input) { survey { id key name kind scope } userErrors { code field } } }"""
RENAME = """mutation($input: RenameSurveyInput!) {
  renameSurvey(input: $input) { survey { key name } userErrors { code field } } }"""
DRAFT = """mutation($input: DraftSurveyVersionInput!) {
  draftSurveyVersion(input: $input) { version { id number state } userErrors { code field } } }"""
EDIT = """mutation($input: EditSurveyDraftInput!) {
  editSurveyDraft(input: $input) { version { id } userErrors { code field } } }"""
PUBLISH = """mutation($input: PublishSurveyVersionInput!) {
  publishSurveyVersion(input: $input) { version { number state publishedAt } userErrors { code field } } }"""


def words(title: str, **more: str) -> dict[str, Any]:
    """Write a question's words in English."""
    return {"language": "en", "title": title, **more}


def question(key: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "kind": kind, "texts": [words(f"{key}?")], **more}


NPS = question("nps", "NPS", required=True, branches=[{"atMost": 6, "to": "why"}, {"to": None}])
WHY = question("why", "TEXT")
ASKED = [NPS, WHY]


def survey(admin: Asker, key: str = "relation", kind: str = "NPS") -> str:
    made = admin.data(CREATE, {"input": {"key": key, "name": "How we do", "kind": kind}})["createSurvey"]
    return str(made["survey"]["id"])


def draft(admin: Asker, of: str, questions: list[dict[str, Any]] | None = None, **more: Any) -> str:
    """Begin a draft of the survey with this id, with these questions if they are given."""
    begun = str(admin.data(DRAFT, {"input": {"survey": of}})["draftSurveyVersion"]["version"]["id"])
    if questions is not None:
        assert edited(admin, begun, questions, **more) == []
    return begun


def edited(admin: Asker, version: str, questions: list[dict[str, Any]], **more: Any) -> Any:
    """Let a draft say something else; return what is wrong with it."""
    given = {"id": version, "questions": questions, **more}
    return admin.data(EDIT, {"input": given})["editSurveyDraft"]["userErrors"]


def refused(admin: Asker, version: str) -> Any:
    """Publish a version; return why it is not."""
    return admin.data(PUBLISH, {"input": {"id": version}})["publishSurveyVersion"]["userErrors"]


def published(admin: Asker, of: str, questions: list[dict[str, Any]] | None = None, **more: Any) -> str:
    begun = draft(admin, of, questions, **more)
    assert refused(admin, begun) == []
    return begun


def made_id(kind: str, admin: Asker) -> str:
    """Make what a mutation is about, with all that takes; return its id."""
    made = survey(admin)
    return made if kind == "own survey" else draft(admin, made)


MADE = ("own survey", "form")

"""Surveys and their versions through the API: made, drafted, edited, published, succeeded, refused."""

from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from apps.accounts.permissions import Role
from apps.surveys.forms import Branch, next_question, worded
from apps.surveys.models import Question, Survey, SurveyVersion
from apps.surveys.reading_forms import form_of
from cxplatform.graphql.global_ids import key_of
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker, codes
from tests.isolation.api import world
from tests.surveys.authored import (
    ASKED,
    CREATE,
    DRAFT,
    EDIT,
    NPS,
    PUBLISH,
    RENAME,
    WHY,
    draft,
    edited,
    published,
    question,
    refused,
    survey,
    words,
)

SHOWN = """query($id: ID!) { node(id: $id) { ... on SurveyVersion { number state defaultLanguage
  texts { language title greeting thanks } look { background text accent onAccent logo } survey { key }
  questions { nodes { key position kind required low high texts { language title help lowest highest }
    choices { key texts { language label } } branches { to atLeast atMost oneOf } } } } } }"""
PREVIEW = """query($id: ID!, $language: String) { surveyPreview(version: $id, language: $language) {
  language rightToLeft thanks look { accent } questions { key title low high choices { label } } } }"""
LINT = "query($id: ID!) { surveyLint(version: $id) { code field question } }"
COMPARE = """query($from: ID!, $to: ID!) { compareSurveyVersions(from: $from, to: $to) {
  kind question field before after } }"""
PIXEL = b"\x89PNG\r\n\x1a\n" + b"\0" * 50


@pytest.fixture
def relation(admin: Asker) -> str:
    """An NPS survey without versions."""
    return survey(admin)


def shown(admin: Asker, version: str) -> Any:
    return admin.data(SHOWN, {"id": version})["node"]


def test_a_survey_has_the_usual_scope_of_its_kind_or_the_one_it_was_given(admin: Asker) -> None:
    kinds = {"NPS": None, "CSAT": None, "CES_7": "RELATIONAL"}
    given = [{"key": kind, "name": " How ", "kind": kind, "scope": scope} for kind, scope in kinds.items()]

    made = [admin.data(CREATE, {"input": each})["createSurvey"]["survey"] for each in given]

    assert [(each["name"], each["scope"]) for each in made] == [
        ("How", "RELATIONAL"), ("How", "TRANSACTIONAL"), ("How", "RELATIONAL"),
    ]  # fmt: skip
    again = admin.data(CREATE, {"input": given[0]})["createSurvey"]
    assert again == {"survey": None, "userErrors": [{"code": "CONFLICT", "field": "key"}]}
    where = "{ surveys(where: {scope: {eq: TRANSACTIONAL}}) { nodes { key } } }"
    assert admin.data(where)["surveys"]["nodes"] == [{"key": "CSAT"}]


def test_a_survey_is_renamed(admin: Asker, relation: str) -> None:
    renamed = admin.data(RENAME, {"input": {"id": relation, "name": "Would you?"}})["renameSurvey"]

    assert renamed == {"survey": {"key": "relation", "name": "Would you?"}, "userErrors": []}


@pytest.mark.parametrize("kind", ["NPS", "CSAT", "CES_5", "CES_7", "FCR"])
def test_a_first_draft_can_be_published_as_it_is(admin: Asker, kind: str) -> None:
    first = draft(admin, survey(admin, kind=kind))

    found = shown(admin, first)
    assert [(each["key"], each["kind"]) for each in found["questions"]["nodes"]] == [("score", kind), ("why", "TEXT")]
    assert refused(admin, first) == []
    assert shown(admin, first)["state"] == "PUBLISHED"


def test_a_draft_says_what_it_was_told(admin: Asker, relation: str) -> None:
    fault = question(
        "fault", "MULTIPLE_CHOICE",
        choices=[{"key": key, "texts": [{"language": "en", "label": key.title()}]} for key in ("late", "rude")],
        branches=[{"oneOf": ["rude"], "to": "why"}],
    )  # fmt: skip
    stars = question("stars", "RATING", low=1, high=5)
    logo = b64encode(PIXEL).decode()
    texts = [{"language": "en", "thanks": " Thanks ", "title": "You and us"}]

    begun = draft(admin, relation, [NPS, fault, stars, WHY], texts=texts, look={"accent": "#0B5CAD", "logo": logo})

    found = shown(admin, begun)
    assert found["survey"] == {"key": "relation"}
    assert found["texts"] == [{"language": "en", "title": "You and us", "greeting": "", "thanks": "Thanks"}]
    assert found["look"] == {
        "background": "#ffffff", "text": "#1a1a1a", "accent": "#0b5cad", "onAccent": "#ffffff",
        "logo": f"data:image/png;base64,{logo}",
    }  # fmt: skip
    nps, fault, stars, why = found["questions"]["nodes"]
    assert (nps["required"], nps["low"], nps["high"]) == (True, 0, 10)
    assert nps["branches"][0] == {"to": "why", "atLeast": None, "atMost": 6, "oneOf": []}
    assert fault["choices"][1] == {"key": "rude", "texts": [{"language": "en", "label": "Rude"}]}
    assert fault["branches"] == [{"to": "why", "atLeast": None, "atMost": None, "oneOf": ["rude"]}]
    assert (stars["low"], stars["high"], why["low"]) == (1, 5, None)
    assert why["texts"] == [{"language": "en", "title": "why?", "help": "", "lowest": "", "highest": ""}]


def test_the_page_reads_the_form_that_was_written(admin: Asker, acme: BrandRef, relation: str) -> None:
    version = published(admin, relation, ASKED)

    with brand_tx(acme):
        form = form_of(key_of(version, "SurveyVersion"))

    assert form.kind == "NPS"
    assert form.questions[0].branches == (Branch("why", at_most=6), Branch(None))
    assert next_question(form, {"nps": 9}) is None
    assert worded(form, "fr").questions[1].title == "why?"


BAD: dict[str, tuple[list[dict[str, Any]], dict[str, Any], str]] = {
    "a branch back": ([WHY, NPS | {"branches": [{"to": "why"}]}], {}, "questions.1.branches.0.to"),
    "a branch to itself": ([NPS | {"branches": [{"to": "nps"}]}], {}, "questions.0.branches.0.to"),
    "a branch to nowhere": ([NPS | {"branches": [{"to": "what"}]}], {}, "questions.0.branches.0.to"),
    "a bound off the scale": ([NPS | {"branches": [{"atLeast": 11}]}], {}, "questions.0.branches.0.atLeast"),
    "a choice of no choices": ([WHY | {"branches": [{"oneOf": ["a"]}]}], {}, "questions.0.branches.0.oneOf"),
    "a scale of a fixed kind": ([NPS | {"low": 1, "high": 5}], {}, "questions.0.low"),
    "a rating without a scale": ([question("r", "RATING")], {}, "questions.0.high"),
    "a key twice": ([WHY, WHY], {}, "questions.1.key"),
    "a key with blanks": ([WHY | {"key": "why not"}], {}, "questions.0.key"),
    "one choice alone": (
        [question("c", "SINGLE_CHOICE", choices=[{"key": "a", "texts": []}])], {}, "questions.0.choices",
    ),
    "a language twice": ([WHY | {"texts": [words("a"), words("b")]}], {}, "questions.0.texts.1.language"),
    "no language": ([WHY], {"defaultLanguage": "English"}, "defaultLanguage"),
    "no colour": ([WHY], {"look": {"accent": "red"}}, "look.accent"),
    "a drawing that may hold scripts": (
        [WHY], {"look": {"logo": b64encode(b"<svg/>").decode()}}, "look.logo",
    ),
    "a large logo": ([WHY], {"look": {"logo": b64encode(PIXEL + b"\0" * 20_480).decode()}}, "look.logo"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_form_is_refused_and_the_draft_stays(admin: Asker, relation: str, name: str) -> None:
    questions, more, field = BAD[name]
    begun = draft(admin, relation, ASKED)
    before = shown(admin, begun)

    assert edited(admin, begun, questions, **more) == [{"code": "BAD_USER_INPUT", "field": field}]
    assert shown(admin, begun) == before


UNREADY: dict[str, tuple[list[dict[str, Any]], dict[str, Any], dict[str, Any]]] = {
    "nothing": ([], {}, {"code": "NO_MAIN_QUESTION", "field": "questions", "question": None}),
    "another kind": (
        [question("csat", "CSAT")], {}, {"code": "NO_MAIN_QUESTION", "field": "questions", "question": None},
    ),
    "main not required": (
        [NPS | {"required": False}, WHY], {},
        {"code": "MAIN_NOT_REQUIRED", "field": "questions.0.required", "question": "nps"},
    ),
    "main passed by": (
        [question("stars", "RATING", low=1, high=5, branches=[{"atLeast": 5}]), NPS, WHY], {},
        {"code": "MAIN_PASSED_BY", "field": "questions.1", "question": "nps"},
    ),
    "main twice": (
        [NPS, WHY, question("again", "NPS")], {},
        {"code": "KIND_TWICE", "field": "questions.2.kind", "question": "again"},
    ),
    "a question nobody comes to": (
        [NPS, WHY | {"branches": [{}]}, question("last", "TEXT")], {},
        {"code": "UNREACHABLE", "field": "questions.2", "question": "last"},
    ),
    "a language half there": (
        [NPS, WHY | {"texts": [words("Why?"), {"language": "de", "title": "Warum?"}]}], {},
        {"code": "UNTRANSLATED", "field": "questions.0.texts", "question": "nps"},
    ),
    "yellow on white": (
        ASKED, {"look": {"accent": "#ffff00", "onAccent": "#000000"}},
        {"code": "UNREADABLE", "field": "look.accent", "question": None},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", UNREADY)
def test_a_draft_says_what_it_lacks_and_is_not_published_without(admin: Asker, relation: str, name: str) -> None:
    questions, more, finding = UNREADY[name]
    begun = draft(admin, relation, questions, **more)

    assert finding in admin.data(LINT, {"id": begun})["surveyLint"]
    assert [each["code"] for each in refused(admin, begun)] == ["BAD_USER_INPUT"]
    assert shown(admin, begun)["state"] == "DRAFT"


def test_a_published_version_never_changes_and_the_next_begins_as_it_is(admin: Asker, relation: str) -> None:
    first = published(admin, relation, ASKED)
    before = shown(admin, first)

    assert edited(admin, first, [NPS]) == [{"code": "CONFLICT", "field": "id"}]
    assert refused(admin, first) == [{"code": "CONFLICT", "field": "id"}]
    second = draft(admin, relation)

    assert shown(admin, first) == before
    assert shown(admin, second)["questions"] == before["questions"]
    assert shown(admin, second)["number"] == 2
    again = admin.data(DRAFT, {"input": {"survey": relation}})["draftSurveyVersion"]
    assert again == {"version": None, "userErrors": [{"code": "CONFLICT", "field": "survey"}]}


def test_a_key_keeps_its_kind_and_scale(admin: Asker, relation: str) -> None:
    stars = question("stars", "RATING", low=1, high=5)
    published(admin, relation, [NPS | {"branches": []}, stars])
    published(admin, relation, [NPS | {"branches": []}])
    third = draft(admin, relation, [NPS | {"branches": []}, stars | {"high": 10}])

    assert admin.data(LINT, {"id": third})["surveyLint"] == [
        {"code": "SCALE_CHANGED", "field": "questions.1.key", "question": "stars"}
    ]
    assert refused(admin, third) == [{"code": "CONFLICT", "field": "questions.1.key"}]
    assert edited(admin, third, [NPS | {"branches": []}, stars | {"key": "stars-10", "high": 10}]) == []
    assert refused(admin, third) == []


def test_a_form_is_previewed_in_a_language_near_the_one_asked_for(admin: Asker, relation: str) -> None:
    both = [words("How?"), {"language": "ar", "title": "كيف؟"}]
    begun = draft(admin, relation, [NPS | {"branches": [], "texts": both}], look={"accent": "#8a0000"})

    arabic = admin.data(PREVIEW, {"id": begun, "language": "ar-EG"})["surveyPreview"]

    assert (arabic["language"], arabic["rightToLeft"], arabic["look"]) == ("ar", True, {"accent": "#8a0000"})
    assert arabic["questions"] == [{"key": "nps", "title": "كيف؟", "low": 0, "high": 10, "choices": []}]
    assert admin.data(PREVIEW, {"id": begun, "language": "fr"})["surveyPreview"]["language"] == "en"


def test_two_versions_are_told_apart(admin: Asker, relation: str) -> None:
    first = published(admin, relation, [NPS, WHY])
    second = draft(admin, relation, [question("stars", "RATING", low=1, high=5), NPS | {"branches": []}])

    assert admin.data(COMPARE, {"from": first, "to": second})["compareSurveyVersions"] == [
        {"kind": "REMOVED", "question": "why", "field": None, "before": None, "after": None},
        {"kind": "ADDED", "question": "stars", "field": None, "before": None, "after": None},
        {"kind": "CHANGED", "question": "nps", "field": "branches", "before": "6 or less: why; always: the end",
         "after": None},
    ]  # fmt: skip
    assert admin.data(COMPARE, {"from": first, "to": first})["compareSurveyVersions"] == []
    other = draft(admin, survey(admin, key="other"))
    assert codes(admin.ask(COMPARE, {"from": first, "to": other})) == ["BAD_USER_INPUT"]


def test_only_those_who_configure_make_surveys(asker: MakeAsker, admin: Asker, acme: BrandRef, relation: str) -> None:
    begun = draft(admin, relation)
    viewer = asker(Role.VIEWER)
    tried = (
        (CREATE, {"key": "new", "name": "New", "kind": "NPS"}), (RENAME, {"id": relation, "name": "New"}),
        (DRAFT, {"survey": relation}), (EDIT, {"id": begun, "questions": []}), (PUBLISH, {"id": begun}),
    )  # fmt: skip

    for document, given in tried:
        assert codes(viewer.ask(document, {"input": given})) == ["FORBIDDEN"]

    with brand_tx(acme):
        assert list(Survey.objects.values_list("key", "name")) == [("relation", "How we do")]
        assert list(SurveyVersion.objects.values_list("state", flat=True)) == ["DRAFT"]
        assert Question.objects.count() == 2


def test_of_two_who_publish_a_draft_at_once_one_wins(committed: None, acme: BrandRef) -> None:
    admin = Asker(world.person(Role.BRAND_ADMIN, acme).token)
    begun = draft(admin, survey(admin))
    together = Barrier(2)

    def publish(number: int) -> list[str]:
        try:
            together.wait()
            return [error["code"] for error in refused(admin, begun)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(publish, range(2))) == [[], ["CONFLICT"]]

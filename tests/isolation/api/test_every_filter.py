"""Every text a list or a number can be filtered by, and every cursor, tried with what only another brand has."""

import json

import pytest

from apps.accounts.permissions import Role
from apps.metrics.definitions.registry import FACTS, METRICS
from tests.isolation.api import world
from tests.isolation.api.asking import QUERIES, SCHEMA, answers_of_each, found_in, send, write
from tests.isolation.api.documents import enum_choices, input_paths

# A cursor is not a name: it has a test of its own below.
TEXT_INPUTS = [
    (name, path)
    for name in QUERIES
    for path, _ in input_paths(SCHEMA, "query", name, {"String"})
    if path.rsplit(".", 1)[-1] not in ("after", "before")
]


# What a filter is put to: a metric of every fact, for one fact knows what another does not. Other lists have none.
PER_FACT = [next(metric.key for metric in METRICS.values() if metric.fact is fact) for fact in FACTS]
WORTH_TRYING = {"MetricKey": PER_FACT, "DefinitionSubject": ["FIRST_CONTACT_RESOLUTION", "CSAT"]}
# Numbers of every fact but agents' time go by customers.
BY_SEGMENT = {"Dimension": "SEGMENT"}
KEYS = (
    "queue",
    "agent",
    "team",
    "reason",
    "touchpoint",
    "survey",
    "segment",
    "calendar",
    "skill",
    "policy",
    "journey",
    "promise",
    "department",
    "group",
)


def keys_for(path: str) -> tuple[str, ...]:
    """Return the kinds of keys to filter by: those a part of the input's path is named after, else all."""
    parts = path.lower().split(".")
    return tuple(key for key in KEYS if any(part.startswith(key) for part in parts)) or KEYS


@pytest.mark.parametrize(("name", "path"), TEXT_INPUTS)
def test_filtering_by_what_only_another_brand_has_answers_as_for_what_nobody_has(people, twins, name, path):
    _, globex = twins
    token = people[Role.BRAND_ADMIN, "acme"].token
    choices = [{**BY_SEGMENT, **chosen} for chosen in enum_choices(SCHEMA, name, WORTH_TRYING)]

    def told_of(mark):
        texts = [f"{key}-{mark}" for key in keys_for(path)]
        told = answers_of_each("query", name, path, texts, token=token, choices=choices)
        return [answer.replace(mark, "X") for answers in told for answer in answers]

    foreign = told_of(world.mark(globex, "key"))

    assert foreign == told_of("only-in-nowhere-key")
    # Guard the guard: two refusals are equal whatever the filter does.
    told = any("errors" not in json.loads(answer) for answer in foreign)
    refused = path in REFUSE_WHAT_IS_UNKNOWN or (name, path) in KNOW_NO_ANSWERS | NEED_WHAT_IS_THERE
    assert told or refused, (name, path, foreign)


# These reckon with contacts, which belong to no survey and no promise, and are handed on by no department: they refuse
# any. So does the definition disputed here; comparing definitions knows answers.
OF_NO_CONTACT = ("promise", "fromDepartment", "toDepartment")
KNOW_NO_ANSWERS = {
    *((name, "where.survey") for name in ("staffing", "surges", "contactCosts", "disputedRecords")),
    *(
        (name, f"where.{field}")
        for name in ("staffing", "surges", "contactCosts", "disputedRecords", "compareDefinitions")
        for field in OF_NO_CONTACT
    ),
}
# Inputs that take one of a few words; any other text is refused before anything is read.
REFUSE_WHAT_IS_UNKNOWN = {"variant", "definition"}
# These are about one thing, which is named and has to be there; the last two by an id, tried elsewhere.
NEED_WHAT_IS_THERE = {("surveyBias", "survey"), ("surveyPreview", "language"), ("surveyPreviewLink", "language")}


def test_a_filter_that_is_refused_only_for_what_is_unknown_is_never_one_of_rows():
    assert {path for _, path in TEXT_INPUTS if path.startswith("where.")}.isdisjoint(REFUSE_WHAT_IS_UNKNOWN)
    assert ("metric", "where.survey") in TEXT_INPUTS


def test_a_filter_finds_what_the_brand_itself_has(people, twins):
    """Guard the guard: by their own names the rows are found, of every fact that knows the dimension."""
    _, globex = twins
    token = people[Role.BRAND_ADMIN, "globex"].token

    for metric, key in (("VOLUME", "queue"), ("VOLUME", "reason"), ("NPS", "survey"), ("NPS", "queue")):
        given = {f"where.{key}": f"{key}-{world.mark(globex, 'key')}"}
        body = send(write("query", "metric", enums={"MetricKey": metric}, **given), token)[1]
        assert body["data"]["metric"]["sampleSize"] == 1, (metric, key, body)


@pytest.mark.parametrize("name", [name for name in QUERIES if "after" in SCHEMA.query_type.fields[name].args])
def test_another_brands_cursor_shows_nothing_of_it(people, foreign, name):
    theirs = write("query", name, first=1, shown="{ edges { cursor } }")
    body = send(theirs, people[Role.BRAND_ADMIN, "globex"].token)[1]
    edges = ((body.get("data") or {}).get(name) or {}).get("edges") or []
    assert edges, f"{name} shows no cursor to try"

    answer = send(write("query", name, after=edges[0]["cursor"]), people[Role.BRAND_ADMIN, "acme"].token)[1]

    assert found_in(answer, [text for text in foreign if text not in edges[0]["cursor"]]) == []

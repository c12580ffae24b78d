"""The operations whose statements are counted: every root field, every example of the docs, the pages of the tests."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graphql import OperationDefinitionNode, parse

from cxplatform.graphql.schema import served_schema
from tests.bench import graphql as bench
from tests.clients.documented import Example, examples
from tests.graphql.test_planner import PLAIN
from tests.isolation.api.asking import MUTATIONS, QUERIES, SCHEMA, values, write
from tests.isolation.api.documents import operation, selection

Request = tuple[str, dict[str, Any]]

_ROOT = Path(__file__).resolve().parents[2]
# An operation in the docs, and the variables that may follow it; api.md shows answers there, and is read by `of_api`.
_BLOCK = re.compile(r"```graphql\n(?P<query>.*?)```(?:\s*```json\n(?P<variables>.*?)```)?", re.DOTALL)
_API = "docs/api.md"
# What a root field is about, by its arguments: a key that is there, or a type, whose first id is given or another.
_ABOUT: dict[str, dict[str, str]] = {
    "calendar": {"id": "Calendar"},
    "campaignDryRun": {"campaign": "Campaign"},
    "compareJourneyVersions": {"from": "JourneyVersion", "to": "JourneyVersion"},
    "compareSurveyVersions": {"from": "SurveyVersion", "to": "SurveyVersion"},
    "exportJob": {"id": "ExportJob"},
    "importJob": {"id": "ImportJob"},
    "journey": {"key": "journey-common"},
    "journeyConsistency": {"version": "JourneyVersion"},
    "journeyFunnel": {"journey": "journey-common"},
    "journeyLint": {"version": "JourneyVersion"},
    "journeyPicture": {"version": "JourneyVersion"},
    "proactiveRuleDryRun": {"rule": "ProactiveRule"},
    "proactiveRuleOutcome": {"rule": "ProactiveRule"},
    "reason": {"id": "Reason"},
    "surveyBias": {"survey": "survey-common"},
    "surveyLint": {"version": "SurveyVersion"},
    "surveyPreview": {"version": "SurveyVersion"},
    "surveyPreviewLink": {"survey": "Survey:1"},
}
# Lists without a page, or of such lists: all below each of their rows costs more than an operation may.
_LESS = {"liveAgents", "possibleDuplicates"}


def of_docs() -> Iterator[tuple[str, str, str]]:
    """List the examples of README and docs: a name, the document, and its variables as JSON."""
    for page in [_ROOT / "README.md", *sorted((_ROOT / "docs").rglob("*.md"))]:
        name = page.relative_to(_ROOT).as_posix()
        for number, block in enumerate(_BLOCK.finditer(page.read_text()) if name != _API else (), 1):
            if re.match(r"\s*(query|mutation|\{)", block["query"]):
                yield f"{name} {number}", block["query"], _taken(block["query"], block["variables"] or "{}")


def _taken(query: str, shown: str) -> str:
    """Return which of these variables an operation takes, as JSON; what is shown may be its answer as well."""
    [node] = [each for each in parse(query).definitions if isinstance(each, OperationDefinitionNode)]
    names = {each.variable.name.value for each in node.variable_definitions or ()}
    return json.dumps({name: value for name, value in json.loads(shown).items() if name in names})


def of_api() -> Iterator[tuple[str, Example]]:
    """List the examples of docs/api.md, which says who asks and with which variables."""
    for example in examples():
        yield f"{_API} {example.name}", example


def of_tests() -> Iterator[tuple[str, Request]]:
    yield "benchmark: me", (bench.ME, {})
    yield "benchmark: page", (bench.PAGE, {})
    yield "planner: page", (PLAIN, {"size": 5})


def of_queries(ids: dict[str, list[str]]) -> Iterator[tuple[str, Request]]:
    """Ask each root field of queries for all it can answer; `node` for each type of object there is."""
    for name in QUERIES:
        if name == "node":
            yield from _of_nodes(ids)
            continue
        texts = {argument: _about(what, ids) for argument, what in _ABOUT.get(name, {}).items()}
        shown = selection(SCHEMA, SCHEMA.query_type.fields[name], 2) if name in _LESS else None
        made = write("query", name, shown=shown, **texts)
        yield f"query {name}", (made.document, made.variables)


def _about(what: str, ids: dict[str, list[str]]) -> str:
    kind, _, place = what.partition(":")
    return ids[kind][int(place or 0)] if kind in ids else what


def _of_nodes(ids: dict[str, list[str]]) -> Iterator[tuple[str, Request]]:
    for kind in sorted(served_schema().nodes):
        made = write("query", "node", only=kind, id=ids[kind][0])
        yield f"query node of {kind}", (made.document, made.variables)


def of_mutations() -> Iterator[tuple[str, str]]:
    """List every mutation and the document that asks for all of its payload; it takes an `input`."""
    for name in MUTATIONS:
        yield name, operation(SCHEMA, "mutation", name, values()).document

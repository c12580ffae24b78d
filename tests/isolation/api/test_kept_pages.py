"""Every list, by every filter, order and cursor, answers the same when PostgreSQL keeps its statement.

And the same as when it is read row by row, where a cursor is what the ORM makes of it.
"""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings
from graphql import get_named_type

from apps.accounts.permissions import Role
from cxplatform.graphql.planner import reading
from cxplatform.graphql.planner.memo import Plans
from cxplatform.tenancy import kept
from tests.isolation.api import world
from tests.isolation.api.asking import QUERIES, SCALARS, SCHEMA, send, write
from tests.isolation.api.documents import gist, input_paths

FIELDS = SCHEMA.query_type.fields
LISTS = [name for name in QUERIES if "after" in FIELDS[name].args]
FILTERED = [name for name in LISTS if "where" in FIELDS[name].args]
ORDERED = [name for name in LISTS if "orderBy" in FIELDS[name].args]
# These are put together of what was reckoned, or are on the provider's side.
NOT_PLANNED = {
    "blindSpotCustomers", "brands", "captiveCustomers", "disputedRecords", "metricRecords", "silentSufferers",
}  # fmt: skip


class Watched:
    """What was read by kept statements, and which could not be kept."""

    def __init__(self) -> None:
        self.pages = 0
        self.refused: list[str] = []


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Watched:
    """Have everything kept at its first sight."""
    seen = Watched()
    prepare, read = kept.KeptStatements._prepare, kept.KeptStatements.read

    def preparing(self: kept.KeptStatements, cursor: Any, key: Any, name: str) -> bool:
        made = prepare(self, cursor, key, name)
        if not made:
            seen.refused.append(key[1])
        return made

    def reading_(self: kept.KeptStatements, cursor: Any, entry: str, statement: str, *how: Any) -> Any:
        rows = read(self, cursor, entry, statement, *how)
        seen.pages += rows is not None and "json_build_object" in statement
        return rows

    monkeypatch.setattr(kept, "_AFTER", 0)
    monkeypatch.setattr(kept.KeptStatements, "_prepare", preparing)
    monkeypatch.setattr(kept.KeptStatements, "read", reading_)
    connection.close()
    return seen


@pytest.mark.parametrize("name", FILTERED)
def test_by_every_filter(people, twins, watched, name):
    _, globex = twins
    inputs = [each for each in input_paths(SCHEMA, "query", name, set(SCALARS)) if each[0].startswith("where.")]
    asked = [{}, *({path: SCALARS[kind]} for path, kind in inputs)]
    # What the brand's rows say, so that filters find some; and what they are called, where that is not shown.
    rows = send(write("query", name), people[Role.BRAND_ADMIN, "globex"].token)[1]["data"][name].get("nodes", [])
    for path, kind in inputs:
        if kind == "String":
            said = _said(rows, path.split(".")[1:-1])
            asked.append({path: said or f"{_named(path)}-{world.mark(globex, 'key')}"})

    for given in asked:
        _assert_same(write("query", name, shown=gist(SCHEMA, "query", name), **given), people, rows=False)

    assert watched.refused == []
    # Others are refused, or can match nothing.
    assert watched.pages >= (0 if name in NOT_PLANNED else min(len(asked) / 8, 10))


@pytest.mark.parametrize("name", LISTS)
def test_after_and_before_every_row(people, twins, watched, name):
    _walk(name, {}, people)

    assert watched.refused == []
    assert watched.pages >= (0 if name in NOT_PLANNED else 2)


@pytest.mark.parametrize("name", ORDERED)
def test_after_and_before_every_row_in_every_order(people, twins, watched, name):
    (field,) = (
        child.type for key, child in get_named_type(FIELDS[name].args["orderBy"].type).fields.items() if key == "field"
    )
    for by in get_named_type(field).values:
        for direction in ("ASC", "DESC"):
            _walk(name, {"orderBy.field": by, "orderBy.direction": direction}, people)

    assert watched.refused == []
    assert watched.pages >= (0 if name in NOT_PLANNED else 4)


def test_pages_are_planned_once_where_only_cursors_are_given(people, twins, monkeypatch):
    """Guard the guard: a filter is planned for what it asks for, whether or not that is a value."""
    seen = []
    read = reading.read

    def watching(statement, values, how):
        seen.append(how)
        return read(statement, values, how)

    monkeypatch.setattr(reading, "read", watching)
    token = people[Role.BRAND_ADMIN, "globex"].token
    shown = " { edges { cursor } }"
    edges = send(write("query", "interactions", shown=shown), token)[1]["data"]["interactions"]["edges"]
    for given in ({"after": edges[0]["cursor"]}, {"where.externalId.eq": "x"}, {"where.queue.isNull": True}):
        send(write("query", "interactions", shown=shown, **given), token)

    assert seen == [kept.Kept.PLANNED, kept.Kept.PLANNED, kept.Kept.PARSED, kept.Kept.PARSED]


def _walk(name, given, people):
    shown = gist(SCHEMA, "query", name)
    edges = _assert_same(write("query", name, shown=shown, **given), people)["data"][name]["edges"]
    for edge in edges:
        for side in ("after", "before"):
            _assert_same(write("query", name, shown=shown, **given, **{side: edge["cursor"]}), people)


def _said(value, parts):
    """Return what the first of these rows that says anything there says under a path; of a thing named, its name."""
    if isinstance(value, list):
        return next((said for each in value if (said := _said(each, parts))), None)
    if isinstance(value, dict):
        if "nodes" in value:
            return _said(value["nodes"], parts)
        key = parts[0] if parts else next((key for key in ("key", "externalId", "name") if key in value), None)
        return _said(value.get(key), parts[1:])
    return value if isinstance(value, str) and not parts else None


def _named(path):
    return next((part for part in ("queue", "agent", "team", "survey", "segment") if part in path.lower()), "reason")


def _assert_same(operation, people, *, rows=True):
    """Ask by what is kept, as text, and row by row."""
    token = people[Role.BRAND_ADMIN, "globex"].token
    # Set by pytest-django's fixture, each would lie upon the one before it until the test ends: a setting is looked up
    # through all of them, which costs more each time and in the end goes deeper than Python does.
    with override_settings(CX_KEEP_STATEMENTS=True):
        by_kept = send(operation, token)[1]
    with override_settings(CX_KEEP_STATEMENTS=False):
        answers = [send(operation, token)[1]]
        if rows:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(Plans, "of", lambda *_: None)
                answers.append(send(operation, token)[1])
    told = [json.dumps({**each, "extensions": None}) for each in (by_kept, *answers)]
    assert told == [told[0]] * len(told), operation
    return by_kept

"""Every list, by every filter and order of it, answers the same when PostgreSQL keeps its statement."""

import json
from typing import Any

import pytest
from django.db import connection

from apps.accounts.permissions import Role
from cxplatform.graphql.planner import reading
from cxplatform.tenancy import kept
from tests.isolation.api.asking import QUERIES, SCALARS, SCHEMA, send, write
from tests.isolation.api.documents import gist, input_paths

LISTS = [name for name in QUERIES if "after" in SCHEMA.query_type.fields[name].args]
FILTERED = [name for name in LISTS if "where" in SCHEMA.query_type.fields[name].args]


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Have everything kept at its first sight; lend the statements that could not be."""
    found: list[str] = []
    prepare = kept.KeptStatements._prepare

    def watched(self: kept.KeptStatements, cursor: Any, key: Any) -> str | None:
        name = prepare(self, cursor, key)
        if name is None:
            found.append(key[1])
        return name

    monkeypatch.setattr(kept, "_AFTER", 0)
    monkeypatch.setattr(kept.KeptStatements, "_prepare", watched)
    connection.close()
    return found


@pytest.mark.parametrize("name", FILTERED)
def test_by_every_filter(people, twins, refused, settings, name):
    token = people[Role.BRAND_ADMIN, "globex"].token
    shown = gist(SCHEMA, "query", name)
    asked = [{}, *({path: SCALARS[kind]} for path, kind in input_paths(SCHEMA, "query", name, set(SCALARS)))]
    asked = [each for each in asked if all(path.startswith("where.") for path in each)]

    for given in asked:
        _assert_same(write("query", name, shown=shown, **given), token, settings)

    assert refused == []


@pytest.mark.parametrize("name", LISTS)
def test_after_and_before_every_row(people, twins, refused, settings, name):
    token = people[Role.BRAND_ADMIN, "globex"].token
    shown = gist(SCHEMA, "query", name)
    edges = _assert_same(write("query", name, shown=shown), token, settings)["data"][name]["edges"]

    for edge in edges:
        for side in ("after", "before"):
            _assert_same(write("query", name, shown=shown, **{side: edge["cursor"]}), token, settings)

    assert refused == []


def test_pages_are_read_by_statements_that_are_kept(people, twins, monkeypatch):
    """Guard the guard: these lists are read by their plans."""
    seen = []
    read = reading.read

    def watched(statement, values, how):
        seen.append(how)
        return read(statement, values, how)

    monkeypatch.setattr(reading, "read", watched)
    token = people[Role.BRAND_ADMIN, "globex"].token
    send(write("query", "interactions", shown=" { nodes { id } }"), token)
    send(write("query", "interactions", shown=" { nodes { id } }", **{"where.externalId.eq": "x"}), token)

    assert seen == [kept.Kept.PLANNED, kept.Kept.PARSED]


def _assert_same(operation, token, settings):
    settings.CX_KEEP_STATEMENTS = True
    answers = [send(operation, token)[1] for _ in range(2)]
    settings.CX_KEEP_STATEMENTS = False
    as_text = send(operation, token)[1]
    assert [json.dumps(each) for each in answers] == [json.dumps(as_text)] * 2, operation
    return as_text

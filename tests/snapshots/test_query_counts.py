"""How many statements each operation sends, pinned in query_counts.json.

`CX_WRITE_SNAPSHOTS=1 make test TESTS=tests/snapshots` writes the file anew; read its diff before committing it.
"""

import json
import os
from pathlib import Path
from typing import Any

import orjson
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.accounts.permissions import Role
from cxplatform.tenancy.brand import BrandRef
from tests.isolation.api import world
from tests.isolation.api.asking import values
from tests.snapshots import operations

_FILE = Path(__file__).with_name("query_counts.json")
# What opens and closes doors and savepoints; the rest reads and writes data, the check of the key included.
_OF_DOORS = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


def test_every_operation_sends_as_many_statements_as_it_did(committed: None, acme: BrandRef, settings: Any) -> None:
    # The first time a statement is kept there is one more.
    settings.CX_KEEP_STATEMENTS = False
    world.fill(acme)
    token = world.person(Role.BRAND_ADMIN, acme).token

    counted = {name: _counts(token, *request) for name, request in _requests()}

    if os.environ.get("CX_WRITE_SNAPSHOTS") == "1":
        _FILE.write_text(json.dumps(counted, indent=2, sort_keys=True) + "\n")
    pinned: dict[str, Any] = json.loads(_FILE.read_text())
    changed = {
        name: f"pinned {pinned.get(name)}, now {counted.get(name)}"
        for name in sorted(pinned.keys() | counted.keys())
        if pinned.get(name) != counted.get(name)
    }
    assert changed == {}


def _requests() -> list[tuple[str, operations.Request]]:
    of_docs = [(name, (query, json.loads(variables))) for name, query, variables in operations.of_docs()]
    # Mutations come last: what they write would be read by the others.
    # A quarter of a usual page, as in the isolation tests: a whole one with everything below costs more than it may.
    return [*operations.of_tests(), *of_docs, *sorted(operations.of_schema(values(first=5)), key=_mutations_last)]


def _mutations_last(named: tuple[str, operations.Request]) -> bool:
    return named[0].startswith("mutation")


def _counts(token: str, query: str, variables: dict[str, Any]) -> dict[str, int]:
    _ask(
        token, "{ me { id } }", {}
    )  # notes the use of the key, which happens once a minute, however long all this takes
    with CaptureQueriesContext(connections["default"]) as captured:
        _ask(token, query, variables)
    statements = [str(each["sql"]).lstrip() for each in captured.captured_queries]
    doors = [text for text in statements if text.startswith(_OF_DOORS) or _opens_a_door_alone(text)]
    return {"data": len(statements) - len(doors), "door": len(doors)}


def _opens_a_door_alone(text: str) -> bool:
    """Tell whether nothing is read by the same message, as the key is."""
    return "set_config(" in text and "; SELECT" not in text


def _ask(token: str, query: str, variables: dict[str, Any]) -> None:
    body = orjson.dumps({"query": query, "variables": variables})
    headers = {"Authorization": f"Bearer {token}"}
    response = Client().post("/graphql", body, content_type="application/json", headers=headers)
    assert response.status_code < 500, response.content

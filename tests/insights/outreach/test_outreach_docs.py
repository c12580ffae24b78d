"""docs/outreach.md: every example on it is asked; those about one rule or segment find none, as its ids are made up."""

import json
from pathlib import Path

import pytest

from tests.graphql.conftest import Asker, admin, asker, codes
from tests.snapshots.operations import of_docs

__all__ = ["admin", "asker"]
pytestmark = pytest.mark.django_db
_PAGE = "docs/outreach.md"


def test_the_examples_are_as_the_schema_has_them(admin: Asker) -> None:
    examples = [(query, json.loads(variables)) for name, query, variables in of_docs() if name.startswith(_PAGE)]

    assert len(examples) == Path(_PAGE).read_text().count("```graphql") == 5
    for query, variables in examples:
        found = codes(admin.ask(query, variables))
        assert found == ([] if "proactiveRules(" in query else ["NOT_FOUND"]), query

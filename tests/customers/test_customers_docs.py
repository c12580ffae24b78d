"""docs/customers.md: every example on it is asked; those about somebody find nobody, as its ids are made up."""

import json
from pathlib import Path

from tests.graphql.conftest import Asker, admin, asker, codes
from tests.snapshots.operations import of_docs

__all__ = ["admin", "asker"]

_PAGE = "docs/customers.md"


def test_the_examples_are_as_the_schema_has_them(admin: Asker) -> None:
    examples = [(query, json.loads(variables)) for name, query, variables in of_docs() if name.startswith(_PAGE)]

    assert len(examples) == Path(_PAGE).read_text().count("```graphql")
    for query, variables in examples:
        answer = admin.ask(query, variables)
        about_somebody = any(word in query for word in ("mergeCustomers", "splitCustomer", "setContactPreferences"))
        assert codes(answer) == (["NOT_FOUND"] if about_somebody else []), answer
        told = [each.get("userErrors", []) for each in answer["data"].values() if isinstance(each, dict)]
        assert not any(told), answer

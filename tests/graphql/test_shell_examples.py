"""What README and the docs send from a shell is JSON, and an operation of the schema."""

import json
import re
from pathlib import Path

import pytest

from cxplatform.graphql.execution import documents

_ROOT = Path(__file__).resolve().parents[2]
_PAGES = [_ROOT / "README.md", *sorted((_ROOT / "docs").rglob("*.md"))]
# A body between a shell's single quotes, in which nothing is replaced.
_BODY = re.compile(r"-d '(?P<body>\{[^']*\})'")
BODIES = [(page.name, body["body"]) for page in _PAGES for body in _BODY.finditer(page.read_text())]


def test_there_is_a_first_query() -> None:
    assert "README.md" in {page for page, _ in BODIES}


@pytest.mark.parametrize(("page", "body"), BODIES)
def test_it_is_answered(page: str, body: str) -> None:
    sent = json.loads(body)

    assert documents().prepare(sent["query"], sent.get("operationName")).operation is not None, page

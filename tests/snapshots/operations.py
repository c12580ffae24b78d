"""The operations whose statements are counted: every root field, every example of the docs, the pages of the tests."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from cxplatform.graphql.schema import served_schema
from tests.bench import graphql as bench
from tests.graphql.test_planner import PLAIN
from tests.isolation.api.documents import Values, operation

Request = tuple[str, dict[str, Any]]

_ROOT = Path(__file__).resolve().parents[2]
# An operation in the docs, and the variables that may follow it.
_BLOCK = re.compile(r"```graphql\n(?P<query>.*?)```(?:\s*```json\n(?P<variables>.*?)```)?", re.DOTALL)


def of_docs() -> Iterator[tuple[str, str, str]]:
    """List the examples of README and docs: a name, the document, and its variables as JSON."""
    for page in [_ROOT / "README.md", *sorted((_ROOT / "docs").rglob("*.md"))]:
        for number, block in enumerate(_BLOCK.finditer(page.read_text()), 1):
            if re.match(r"\s*(query|mutation|\{)", block["query"]):
                yield f"{page.relative_to(_ROOT).as_posix()} {number}", block["query"], block["variables"] or "{}"


def of_tests() -> Iterator[tuple[str, Request]]:
    yield "benchmark: me", (bench.ME, {})
    yield "benchmark: page", (bench.PAGE, {})
    yield "planner: page", (PLAIN, {"size": 5})


def of_schema(values: Values) -> Iterator[tuple[str, Request]]:
    """Ask each root field for all it can answer."""
    schema = served_schema().core
    for kind, root in (("query", schema.query_type), ("mutation", schema.mutation_type)):
        for name in sorted(root.fields if root else ()):
            # Half a usual page: with everything below each customer a whole one costs more than an operation may.
            paged = kind == "query" and "first" in root.fields[name].args
            given = replace(values, texts={**values.texts, "first": 10}) if paged else values
            made = operation(schema, kind, name, given)
            yield f"{kind} {name}", (made.document, made.variables)

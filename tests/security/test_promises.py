"""docs/security.md names only tests that exist."""

import re

from tests.flows.programs import PROJECT


def test_every_promise_has_a_test_that_exists() -> None:
    rows = [line for line in (PROJECT / "docs/security.md").read_text().splitlines() if line.startswith("| ")][1:]

    named = [re.findall(r"`(tests/[\w/]+\.py)`", row) for row in rows]

    assert len(named) > 10
    assert all(named)
    assert [path for paths in named for path in paths if not (PROJECT / path).exists()] == []

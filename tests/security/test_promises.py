"""docs/security.md names only tests that exist, and a test for every promise."""

import re
from itertools import pairwise

from tests.flows.programs import PROJECT


def test_every_promise_has_a_test_that_exists() -> None:
    lines = (PROJECT / "docs/security.md").read_text().splitlines()
    # A heading of a table has the line of dashes below it.
    rows = [line for line, below in pairwise([*lines, ""]) if line.startswith("| ") and not below.startswith("|---")]

    named = [re.findall(r"`(tests/[\w/]+\.py)`", row) for row in rows]

    assert len(named) > 20
    assert all(named)
    assert [path for paths in named for path in paths if not (PROJECT / path).exists()] == []

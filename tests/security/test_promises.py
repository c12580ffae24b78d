"""docs/security.md names only tests that exist, by their functions, and a test for every promise."""

import ast
import re
from functools import cache
from itertools import pairwise

from tests.flows.programs import PROJECT

PAGE = (PROJECT / "docs/security.md").read_text()


def test_every_promise_has_a_test_that_exists() -> None:
    lines = PAGE.splitlines()
    # A heading of a table has the line of dashes below it.
    rows = [line for line, below in pairwise([*lines, ""]) if line.startswith("| ") and not below.startswith("|---")]

    named = [re.findall(r"`(tests/[^`]+)`", row) for row in rows]

    assert len(named) > 20
    assert all(named)


def test_every_test_the_page_names_is_a_function_that_is_there() -> None:
    named = re.findall(r"`(tests/[^`]+)`", PAGE)

    assert len(named) > 40
    assert [name for name in named if not is_there(name)] == []


def test_a_name_may_have_a_class_and_parameters_and_must_be_a_tests_own() -> None:
    here = "tests/security/test_promises.py"

    assert is_there(f"{here}::test_every_promise_has_a_test_that_exists")
    assert is_there(f"{here}::test_every_promise_has_a_test_that_exists[any-parameter]")
    assert is_there("tests/security/no_tests.py") is is_there(here) is is_there(f"{here}::is_there") is False
    assert is_there(f"{here}::Nobody::test_every_promise_has_a_test_that_exists") is False
    assert {"test_a", "TestB::test_c"} == functions_in("def test_a(): ...\nclass TestB:\n  async def test_c(self): ...")


def is_there(name: str) -> bool:
    """Tell of `file::function`, `file::Class::function` or either with parameters whether it is a test that exists."""
    path, _, function = name.partition("[")[0].partition("::")
    return function in _tests_of(path)


@cache
def _tests_of(path: str) -> set[str]:
    file = PROJECT / path
    return functions_in(file.read_text()) if file.exists() else set()


def functions_in(source: str) -> set[str]:
    """List the tests of a module, those of its classes as `Class::test`."""
    return _tests_in(ast.parse(source).body, "")


def _tests_in(body: list[ast.stmt], within: str) -> set[str]:
    found: set[str] = set()
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            found.add(within + node.name)
        elif isinstance(node, ast.ClassDef):
            found |= _tests_in(node.body, f"{within}{node.name}::")
    return found

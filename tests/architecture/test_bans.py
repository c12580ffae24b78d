"""What the import linter cannot see: raw SQL, schema switching and shapeless module names, by syntax tree."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(
    path
    for top in ("cxplatform", "apps", "config")
    for path in (ROOT / top).rglob("*.py")
    if "migrations" not in path.parts
)

# The modules that may write SQL by hand: they open `doors.sql()` or work as owner.
SQL_MODULES = {
    "cxplatform/imports/loading.py",
    "cxplatform/jobs/claims.py",
    "cxplatform/audit/chain.py",
    "cxplatform/idempotency/calls.py",
    "apps/insights/funnel/reading.py",
    "apps/customers/graphql/timeline/reading.py",
    "apps/interactions/refolding.py",
    "apps/journeys/ledger/judging.py",
    "apps/metrics/exposures.py",
    "apps/metrics/lifetime/histories.py",
    "apps/metrics/lifetime/values.py",
    "apps/metrics/making.py",
    "apps/metrics/records.py",
    "apps/metrics/rollups.py",
    "apps/metrics/rows.py",
    "apps/accounts/credentials.py",
    "cxplatform/graphql/planner/reading.py",
}
BANNED_CALLS = {"raw", "extra", "set_tenant", "set_schema", "set_schema_to_public", "tenant_context", "schema_context"}
SHAPELESS = {"utils.py", "helpers.py", "common.py", "misc.py", "base.py", "signals.py"}
# Django loads a database engine's wrapper from a module of this name, and settings have one by custom.
NAMED_BY_OTHERS = {"cxplatform/tenancy/backend/base.py", "config/settings/base.py"}


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def may_write_sql(path: Path) -> bool:
    return relative(path) in SQL_MODULES or relative(path).startswith("cxplatform/tenancy/")


def called_names(path: Path) -> list[tuple[str, int]]:
    tree = ast.parse(path.read_text())
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [
        (node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", ""), node.lineno)
        for node in calls
    ]


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_no_schema_is_switched_and_no_sql_written_outside_the_named_modules(path):
    banned = BANNED_CALLS if relative(path).startswith("cxplatform/tenancy/") is False else set()
    cursors = set() if may_write_sql(path) else {"cursor", "RawSQL", "sql", "read_shared"}

    found = [f"{relative(path)}:{line} {name}()" for name, line in called_names(path) if name in banned | cursors]

    assert found == []


def test_no_module_has_a_name_that_says_nothing():
    found = [relative(path) for path in SOURCES if path.name in SHAPELESS and relative(path) not in NAMED_BY_OTHERS]

    assert found == []


def test_no_module_is_longer_than_three_hundred_lines():
    found = {relative(path): lines for path in SOURCES if (lines := path.read_text().count("\n")) > 300}

    assert found == {}


def test_the_sources_were_found():
    assert len(SOURCES) > 100

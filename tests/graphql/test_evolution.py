"""What a changed schema does to clients of the released one, and that nobody breaks them without saying so."""

import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from cxplatform.graphql.evolution import Verdict, difference, newest_version, released_as
from cxplatform.graphql.schema import served_schema

BEFORE = """
type Query { "A pet." pet(name: String, kind: Kind = CAT): Pet  old: Int }
type Pet { name: String!  age: Int }
enum Kind { CAT DOG }
input Given { name: String }
"""
RELEASED = Path(settings.BASE_DIR, "docs", "schema.released.graphql")
REMOVED = "Field Pet.age was removed."


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        (("", ""), Verdict.UNCHANGED),
        (("old: Int", "old: Int  new: Int"), Verdict.SAFE),
        (("A pet.", "One pet."), Verdict.SAFE),
        (("age: Int", "age: Int!"), Verdict.SAFE),
        (("enum Kind", "type More { id: ID }\nenum Kind"), Verdict.SAFE),
        (("CAT DOG", "CAT DOG COW"), Verdict.DANGEROUS),
        (("= CAT", "= DOG"), Verdict.DANGEROUS),
        (("pet(name: String", "pet(name: String, age: Int"), Verdict.DANGEROUS),
        (("{ name: String }", "{ name: String  age: Int }"), Verdict.DANGEROUS),
        (("age: Int", ""), Verdict.BREAKING),
        (("name: String!", "name: String"), Verdict.BREAKING),
        (("CAT DOG", "CAT"), Verdict.BREAKING),
        (("pet(name: String", "pet(name: String!"), Verdict.BREAKING),
        (("{ name: String }", "{ name: String  age: Int! }"), Verdict.BREAKING),
        (("old: Int", "old: String"), Verdict.BREAKING),
    ],
)
def test_a_change_is_told_by_what_it_does_to_clients(change: tuple[str, str], verdict: Verdict) -> None:
    assert difference(BEFORE, BEFORE.replace(*change, 1)).verdict is verdict


def test_the_worst_change_decides() -> None:
    after = BEFORE.replace("age: Int", "").replace("DOG", "DOG COW").replace("old: Int", "old: Int  new: Int")

    found = difference(BEFORE, after)

    assert found.verdict is Verdict.BREAKING
    assert (found.breaking, len(found.dangerous), len(found.safe)) == ((REMOVED,), 1, 1)


def test_a_breaking_change_may_be_noted_under_unreleased_alone() -> None:
    found = difference(BEFORE, BEFORE.replace("age: Int", ""))

    assert found.unnoted("## [Unreleased]\n\n- Ages. Field Pet.age was\n  removed.\n\n## [0.1.0]\n") == ()
    assert found.unnoted("## [Unreleased]\n\n## [0.1.0]\n\n- Ages. Field Pet.age was removed.\n") == (REMOVED,)


def test_the_command_fails_on_what_breaks_until_it_is_noted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    released, changelog = tmp_path / "released.graphql", tmp_path / "CHANGELOG.md"
    gone = 'type Customer implements Node {\n  """Gone now."""\n  shoeSize: Int\n'
    released.write_text(served_schema().as_str().replace("type Customer implements Node {\n", gone, 1))
    changelog.write_text("## [Unreleased]\n")

    with pytest.raises(CommandError, match=r"Field Customer\.shoeSize was removed\."):
        call_command("diff_graphql_schema", against=str(released), changelog=str(changelog))

    changelog.write_text("## [Unreleased]\n- Field Customer.shoeSize was removed.\n")
    call_command("diff_graphql_schema", against=str(released), changelog=str(changelog))
    assert "breaking: 1 breaking, 0 dangerous, 0 safe changes" in capsys.readouterr().out


def test_a_release_makes_the_served_schema_the_released_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    released, changelog = tmp_path / "released.graphql", tmp_path / "CHANGELOG.md"
    changelog.write_text("## [Unreleased]\n\n## [1.20.0] - 2030-01-01\n\n## [1.3.0] - 2029-01-01\n")

    call_command("diff_graphql_schema", against=str(released), changelog=str(changelog), release=True)
    call_command("diff_graphql_schema", against=str(released))

    assert released.read_text().startswith("# The schema of 1.20.0. ")
    assert capsys.readouterr().out.startswith("unchanged: 0 breaking, 0 dangerous, 0 safe changes")


def test_nothing_is_released_without_a_version(tmp_path: Path) -> None:
    released, changelog = tmp_path / "released.graphql", tmp_path / "CHANGELOG.md"
    changelog.write_text("## [Unreleased]\n")

    with pytest.raises(CommandError, match="no version yet"):
        call_command("diff_graphql_schema", against=str(released), changelog=str(changelog), release=True)

    assert not released.exists()


def test_the_served_schema_breaks_nobody_who_was_not_told(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("diff_graphql_schema")

    assert RELEASED.name in capsys.readouterr().out


def test_the_released_schema_is_that_of_the_newest_version() -> None:
    newest = newest_version(Path(settings.BASE_DIR, "CHANGELOG.md").read_text())

    project = tomllib.loads(Path(settings.BASE_DIR, "pyproject.toml").read_text())["project"]
    assert newest == project["version"]
    assert RELEASED.read_text().splitlines()[0] == released_as(newest)

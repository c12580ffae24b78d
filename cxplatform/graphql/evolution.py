"""How one schema differs from another for whoever is a client of the first."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from graphql import build_schema
from graphql.utilities import BreakingChange, DangerousChange, find_schema_changes


class Verdict(StrEnum):
    """The worst a difference may do to a client: its operations fail, may behave otherwise, or stay as they are."""

    BREAKING = "breaking"
    DANGEROUS = "dangerous"
    SAFE = "safe"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Difference:
    """Every change in one sentence, sorted by what it may do."""

    breaking: tuple[str, ...]
    dangerous: tuple[str, ...]
    safe: tuple[str, ...]

    @property
    def verdict(self) -> Verdict:
        if self.breaking:
            return Verdict.BREAKING
        if self.dangerous:
            return Verdict.DANGEROUS
        return Verdict.SAFE if self.safe else Verdict.UNCHANGED

    def unnoted(self, changelog: str) -> tuple[str, ...]:
        """Return the breaking changes whose sentence the changelog does not hold under [Unreleased]."""
        noted = " ".join(" ".join(_unreleased(changelog)).split())
        return tuple(sentence for sentence in self.breaking if sentence not in noted)


def difference(before: str, after: str) -> Difference:
    """Compare two schemas given as SDL."""
    changes = find_schema_changes(build_schema(before), build_schema(after))
    breaking = [change for change in changes if isinstance(change, BreakingChange)]
    dangerous = [change for change in changes if isinstance(change, DangerousChange)]
    safe = [change for change in changes if not isinstance(change, BreakingChange | DangerousChange)]
    return Difference(*(tuple(sorted(change.description for change in each)) for each in (breaking, dangerous, safe)))


def newest_version(changelog: str) -> str | None:
    """Return the version the changelog tells of first; None where nothing was released."""
    found = re.search(r"^## \[(\d+\.\d+\.\d+)\]", changelog, re.MULTILINE)
    return found[1] if found else None


def released_as(version: str) -> str:
    """Write the line, a comment of SDL, by which a released schema says which version it is of."""
    return f"# The schema of {version}. Written by `manage.py diff_graphql_schema --release`."


def _unreleased(changelog: str) -> Iterator[str]:
    inside = False
    for line in changelog.splitlines():
        if line.startswith("## "):
            inside = line.startswith("## [Unreleased]")
        elif inside:
            yield line

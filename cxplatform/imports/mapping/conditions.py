"""Which rows of an export are wanted."""

from collections.abc import Callable
from dataclasses import dataclass

from cxplatform.imports.mapping.problems import MappingError
from cxplatform.imports.mapping.row import Row
from cxplatform.imports.mapping.tables import strings, text

Test = Callable[[str], bool]
_TESTS = ("equals", "not", "in", "not_in", "starts_with")


@dataclass(frozen=True)
class Block:
    """Tests of several columns that all have to pass."""

    tests: tuple[tuple[str, Test], ...]

    def holds(self, row: Row) -> bool:
        return all(test(row[column].strip()) for column, test in self.tests)

    @property
    def columns(self) -> set[str]:
        return {column for column, _ in self.tests}


@dataclass(frozen=True)
class Conditions:
    """A row is wanted if any block of `keep` holds (or there is none) and no block of `skip` does."""

    keep: tuple[Block, ...]
    skip: tuple[Block, ...]

    def want(self, row: Row) -> bool:
        if self.keep and not any(block.holds(row) for block in self.keep):
            return False
        return not any(block.holds(row) for block in self.skip)

    @property
    def columns(self) -> set[str]:
        return set().union(*(block.columns for block in self.keep + self.skip))


def read_blocks(key: str, tables: object) -> tuple[Block, ...]:
    """Read `[[keep]]` or `[[skip]]`. Raises: MappingError naming the block and column."""
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise MappingError(key, f"must be written as [[{key}]]")
    return tuple(_block(f"{key}[{number}]", table) for number, table in enumerate(tables, 1))


def _block(key: str, table: dict[str, object]) -> Block:
    if not table:
        raise MappingError(key, "tests no column")
    return Block(tuple((column, _test(f"{key}.{column}", wanted)) for column, wanted in table.items()))


def _test(key: str, wanted: object) -> Test:
    """Text is equality, a list membership, a table one of the named tests."""
    if isinstance(wanted, str):
        wanted = {"equals": wanted}
    elif isinstance(wanted, list):
        wanted = {"in": wanted}
    if not isinstance(wanted, dict) or len(wanted) != 1 or next(iter(wanted)) not in _TESTS:
        raise MappingError(key, "must be a text, a list of texts, or a table with one of " + ", ".join(_TESTS))
    ((name, value),) = wanted.items()
    if name in ("in", "not_in"):
        members = frozenset(strings(key, value))
        return members.__contains__ if name == "in" else lambda cell: cell not in members
    word = text(key, value)
    if name == "starts_with":
        return lambda cell: cell.startswith(word)
    return word.__eq__ if name == "equals" else word.__ne__

"""Keyset order: a page is found by the values of its neighbour's row, never by counting rows before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Model, Q

from cxplatform.graphql.cursors import read_cursor, write_cursor


@dataclass(frozen=True)
class Term:
    """One column of an order; never a nullable one, for NULL compares with nothing."""

    column: str
    kind: type
    descending: bool = True


@dataclass(frozen=True)
class Keyset:
    """A total order of a table's rows: its terms, then the id as tie-break."""

    terms: tuple[Term, ...]

    @classmethod
    def of(cls, terms: Sequence[Term]) -> "Keyset":
        tie_break = Term("id", UUID, descending=terms[-1].descending if terms else True)
        return cls((*terms, tie_break))

    @cached_property
    def name(self) -> str:
        return ",".join(self.ordering())

    @cached_property
    def columns(self) -> tuple[str, ...]:
        return tuple(term.column for term in self.terms)

    def ordering(self, *, backward: bool = False) -> list[str]:
        """Write the order for `order_by`."""
        return [("-" if term.descending != backward else "") + term.column for term in self.terms]

    def ordering_sql(self, alias: str, *, backward: bool = False) -> str:
        """Write the order for ORDER BY."""
        return ", ".join(
            f'{alias}."{term.column}" {"DESC" if term.descending != backward else "ASC"}' for term in self.terms
        )

    def beyond_sql(self, alias: str, cursor: str, *, backward: bool) -> tuple[str, list[Any]]:
        """Write as a comparison of rows, which an index answers, what `after` or `before` matches, and its values.

        Only where all columns go one way. Raises: BadInput.
        """
        descending = self.terms[0].descending != backward
        columns = ", ".join(f'{alias}."{term.column}"' for term in self.terms)
        values = self.position(cursor)
        return f"({columns}) {'<' if descending else '>'} ({', '.join(['%s'] * len(values))})", values

    @cached_property
    def goes_one_way(self) -> bool:
        """Tell whether all columns are ordered in the same direction."""
        return len({term.descending for term in self.terms}) == 1

    def cursor(self, row: Model) -> str:
        """Write the position of a row."""
        return write_cursor(self.name, [getattr(row, term.column) for term in self.terms])

    def position(self, cursor: str) -> list[Any]:
        """Read the values of a cursor, a value of each term. Raises: BadInput."""
        return read_cursor(self.name, [term.kind for term in self.terms], cursor)

    def after(self, cursor: str) -> Q:
        """Match the rows that come after the position. Raises: BadInput."""
        return self._beyond(cursor, backward=False)

    def before(self, cursor: str) -> Q:
        """Match the rows that come before the position. Raises: BadInput."""
        return self._beyond(cursor, backward=True)

    def _beyond(self, cursor: str, *, backward: bool) -> Q:
        values = self.position(cursor)
        condition = Q()
        for term, value in reversed(list(zip(self.terms, values, strict=True))):
            side = "lt" if term.descending != backward else "gt"
            beyond = Q(**{f"{term.column}__{side}": value})
            if condition:
                # The redundant `<=` is what lets PostgreSQL start inside the index.
                beyond |= Q(**{term.column: value}) & condition
                beyond &= Q(**{f"{term.column}__{side}e": value})
            condition = beyond
        return condition


def row_key(row: Any, columns: tuple[str, ...]) -> tuple[Any, ...]:
    """Read several columns of a row as one key."""
    return tuple(getattr(row, column) for column in columns)


def matching(columns: tuple[str, ...], keys: set[tuple[Any, ...]]) -> Q:
    """Match the rows whose columns hold one of the keys; all but the last column are expected to have few values."""
    groups: dict[tuple[Any, ...], list[Any]] = {}
    for key in keys:
        groups.setdefault(key[:-1], []).append(key[-1])
    condition = Q(pk__in=[])
    for leading, last in groups.items():
        exact = dict(zip(columns, leading, strict=False))
        condition |= Q(**exact, **{f"{columns[-1]}__in": last})
    return condition

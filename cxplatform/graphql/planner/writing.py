"""A statement being written: its text and its values, in the order in which they stand in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet
from django.db.models.expressions import Col
from django.db.models.lookups import IsNull
from django.db.models.sql import Query
from django.db.models.sql.where import AND

from cxplatform.graphql.planner.refusals import NotPlanned
from cxplatform.tenancy.kept import Kept


@dataclass(frozen=True, slots=True)
class Written:
    """A statement as it is sent: its text, its values in the order in which they stand in it, and how it is kept."""

    text: str
    values: list[Any]
    kept: Kept


class Statement:
    """Collects parts: the planner's own text, and sources the ORM compiles, in which what a request says is a value."""

    __slots__ = ("_parts", "kept", "values")

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.values: list[Any] = []
        self.kept = Kept.PLANNED

    def text(self, *parts: str) -> None:
        self._parts += parts

    def source(self, queryset: "QuerySet[Any]", columns: Sequence[str], alias: str) -> None:
        """Write the rows of a queryset as a source to select from. Raises: NotPlanned, for one that can have no row."""
        query: Query = queryset.query
        conditions = _plain_conditions(query)
        if conditions is not None:
            table = quoted(queryset.model._meta.db_table)
            rows = f"(SELECT * FROM {table} WHERE {' AND '.join(conditions)})"  # noqa: S608  # names of the schema alone
            self.text(rows if conditions else table, " ", alias)
            return
        try:
            text, values = queryset.order_by().values_list(*columns).query.sql_with_params()
        except EmptyResultSet:
            raise NotPlanned("nothing can match") from None
        self.text("(", text, ") ", alias)
        self.values += values
        # Whatever narrows it, the best plan may hang on it.
        self.kept = Kept.PARSED

    def written(self) -> Written:
        """Return what was collected."""
        return Written("".join(self._parts), self.values, self.kept)


def internal(kind: str, number: int) -> str:
    """Name something inside a statement as no field of GraphQL and no column is named."""
    return f'"#{kind}{number}"'


def quoted(name: str) -> str:
    """Write a name as an identifier; names are of tables, columns and of what GraphQL calls a name."""
    return f'"{name}"'


def _plain_conditions(query: Query) -> list[str] | None:
    """Write what narrows a table where only columns that are empty or are not do; None where the ORM must compile it.

    Nearly every source is the whole table, or what of it was not merged: compiling that took a fifteenth of a page's
    time.
    """
    shaped = query.is_sliced or query.distinct or query.combinator or query.extra_tables or query.annotations
    tables = sum(count > 0 for count in query.alias_refcount.values())
    if shaped or tables > 1 or query.where.negated or query.where.connector != AND:
        return None
    written = [_emptiness(query, condition) for condition in query.where.children]
    return None if None in written else [condition for condition in written if condition]


def _emptiness(query: Query, condition: Any) -> str | None:
    if not isinstance(condition, IsNull) or type(condition.lhs) is not Col or condition.lhs.alias != query.base_table:
        return None
    column = condition.lhs.target.column
    return f"{quoted(str(column))} IS {'' if condition.rhs else 'NOT '}NULL"

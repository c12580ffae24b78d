"""A statement being written: its text and its values, in the order in which they stand in it."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet
from django.db.models.sql import Query

from cxplatform.graphql.planner.refusals import NotPlanned


class Statement:
    """Collects parts: the planner's own text, and sources the ORM compiles, in which what a request says is a value."""

    __slots__ = ("_parts", "values")

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.values: list[Any] = []

    def text(self, *parts: str) -> None:
        self._parts += parts

    def source(self, queryset: "QuerySet[Any]", columns: Sequence[str], alias: str) -> None:
        """Write the rows of a queryset as a source to select from. Raises: NotPlanned, for one that can have no row."""
        query: Query = queryset.query
        if _is_whole_table(query):
            self.text(quoted(queryset.model._meta.db_table), " ", alias)
            return
        try:
            text, values = queryset.order_by().values_list(*columns).query.sql_with_params()
        except EmptyResultSet:
            raise NotPlanned("nothing can match") from None
        self.text("(", text, ") ", alias)
        self.values += values

    def __str__(self) -> str:
        return "".join(self._parts)


def internal(kind: str, number: int) -> str:
    """Name something inside a statement as no field of GraphQL and no column is named."""
    return f'"#{kind}{number}"'


def quoted(name: str) -> str:
    """Write a name as an identifier; names are of tables, columns and of what GraphQL calls a name."""
    return f'"{name}"'


def _is_whole_table(query: Query) -> bool:
    """Tell whether it is a table and nothing else, which need not be compiled."""
    narrowed = query.where or query.is_sliced or query.distinct or query.combinator or query.extra_tables
    return not narrowed and not query.annotations and len(query.alias_map) <= 1

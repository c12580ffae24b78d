"""How a kind's rows lie in their table: columns, their types, and a stored row's order of values."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import Any

from django.db import connections, models  # noqa: TID251  # names types; reaches no data
from psycopg.types.json import Jsonb

from cxplatform.imports.decisions import RowKey, State
from cxplatform.imports.kinds import Kind
from cxplatform.tenancy.doors import ALIAS

_LENGTH = re.compile(r"\([^)]*\)")


@dataclass(frozen=True)
class TableColumn:
    """A database column: its name, its type without length, and the model's attribute."""

    name: str
    type: str
    attribute: str
    is_json: bool


@dataclass(frozen=True)
class KindTable:
    """The table of a kind. `columns` are in the order of `new_row`; `names` are the kind's own columns among them.

    After those come the columns that are `worked_out` of their values.
    """

    table: str
    columns: tuple[TableColumn, ...]
    names: tuple[str, ...]
    others: tuple[Any, ...]
    worked_out: tuple[Callable[[Mapping[str, Any]], object], ...] = ()

    @property
    def own(self) -> tuple[TableColumn, ...]:
        return self.columns[_FIXED : _FIXED + len(self.names)]

    def new_row(self, key: RowKey, state: State, now: datetime) -> tuple[Any, ...]:
        """Return a new row's values, in the order of `columns`."""
        return (state.id, *key, now, state.version, now, *self._written(state.values), *self.others)

    def changed_row(self, state: State, now: datetime) -> tuple[Any, ...]:
        """Return a changed row's values, in the order of `changing`, then its id."""
        return (state.version, now, *self._written(state.values), state.id)

    def _written(self, values: dict[str, Any]) -> tuple[Any, ...]:
        own = self._own_values(values)
        return (*own, *(make(values) for make in self.worked_out)) if self.worked_out else own

    @cached_property
    def _own_values(self) -> Callable[[dict[str, Any]], tuple[Any, ...]]:
        return itemgetter(*self.names)

    @property
    def changing(self) -> tuple[TableColumn, ...]:
        return self.columns[_FIXED - 2 : _FIXED + len(self.names) + len(self.worked_out)]


ID_COLUMN = TableColumn("id", "uuid", "id", False)

# id, source, external_id, created_at; then what changes: version, updated_at.
_FIXED_FIELDS = ("id", "source", "external_id", "created_at", "version", "updated_at")
_FIXED = len(_FIXED_FIELDS)


@lru_cache(maxsize=64)
def table_of(kind: Kind) -> KindTable:
    """Look the table of a kind up in its model. Fields that no column fills get the model's default, if not NULL."""
    meta = kind.model._meta
    fields = [meta.get_field(name) for name in _FIXED_FIELDS]
    fields += [meta.get_field(column.field or column.name) for column in kind.kept_columns]
    fields += [meta.get_field(name) for name, _ in kind.worked_out]
    others = [field for field in meta.concrete_fields if field not in fields and field.get_default() is not None]
    return KindTable(
        table=meta.db_table,
        columns=tuple(table_column(field) for field in [*fields, *others]),
        names=tuple(column.name for column in kind.kept_columns),
        others=tuple(field.get_default() for field in others),
        worked_out=tuple(make for _, make in kind.worked_out),
    )


def table_column(field: Any) -> TableColumn:
    """Describe a model's field as its database column."""
    kind = field.db_type(connections[ALIAS])
    return TableColumn(field.column, _LENGTH.sub("", kind), field.attname, isinstance(field, models.JSONField))


def adapted(columns: Sequence[TableColumn], row: Sequence[Any]) -> tuple[Any, ...]:
    """Wrap what a statement's parameters cannot take as it is."""
    return tuple(
        Jsonb(value) if column.is_json and value is not None else value
        for column, value in zip(columns, row, strict=True)
    )

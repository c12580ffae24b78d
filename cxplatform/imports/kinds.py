"""The kinds of rows that can be imported, declared as values by the apps that own their tables."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Model

from cxplatform.errors import NotFound
from cxplatform.imports.column_types import ColumnType
from cxplatform.imports.number_types import Integer
from cxplatform.imports.problems import Problem
from cxplatform.imports.source_keys import SourceKey
from cxplatform.imports.text_types import Key
from cxplatform.tenancy.brand import BrandRef

if TYPE_CHECKING:
    from cxplatform.imports.decisions import RowKey, State
    from cxplatform.imports.rows import Row

DEFAULT_SOURCE = "import"
EXTERNAL_ID = SourceKey(200)


def _nothing(key: str) -> dict[str, object]:
    return {}


@dataclass(frozen=True)
class Identities:
    """That rows of a table are merged, and where it is kept which of them a referring row had named.

    `merged_into` is the field that holds the row another one was merged into. `under` returns, for rows of a model,
    which merged row each names by a field; `note` keeps that, and forgets it for those given None.
    """

    merged_into: str
    under: Callable[[type[Model], str, Collection[UUID]], Mapping[UUID, UUID]]
    note: Callable[[type[Model], str, Mapping[UUID, UUID | None]], None]


@dataclass(frozen=True)
class Reference:
    """How a cell names a row of another table, which is made where it is unknown.

    `key` is the field the cell holds. `within_source` looks only among rows of the referring row's source.
    `fill` gives further fields of a row to be made, from its key and what it carries. `parent_of` names the row it
    hangs under, for a tree.
    `carries` are columns of the referring row that a made row takes over, and a known one must agree with.
    `canonical` returns the keys that mean others by now, and which. Rows whose `live` field holds something are not
    named. `made` is told the ids of rows that were made, and when. With `identities` a row that was merged is named as
    before, and what is stored is the one it was merged into.
    """

    model: type[Model]
    key: str = "key"
    within_source: bool = False
    fill: Callable[..., Mapping[str, object]] = _nothing
    parent_of: Callable[[str], str | None] | None = None
    carries: tuple[str, ...] = ()
    canonical: Callable[[Collection[str]], Mapping[str, str]] | None = None
    live: str = ""
    made: Callable[[Collection[UUID], datetime], None] | None = None
    identities: Identities | None = None


@dataclass(frozen=True)
class Column:
    """A column of a kind. `field` is the model's, where the names differ.

    `default` is what an absent or empty cell means where the table does not know NULL; a function is given the brand.
    One that is not `kept` has no field: it tells what a row that is referred to carries, and every row must tell it.
    """

    name: str
    type: ColumnType
    required: bool = False
    field: str | None = None
    reference: Reference | None = None
    default: object | Callable[[BrandRef], object] = None
    kept: bool = True

    def default_for(self, brand: BrandRef) -> Any:
        return self.default(brand) if callable(self.default) else self.default


Check = Callable[[Mapping[str, Any]], Problem | None]
# Given the rows that changed, once they are stored, in the savepoint that stores them.
Settle = Callable[[Mapping["RowKey", "State"], datetime], None]


@dataclass(frozen=True)
class AsGiven:
    """A JSON field that keeps what rows said of columns which hold something derived now; null where none does.

    `read` turns it into values by column name: what a row to come is compared with.
    """

    field: str
    read: Callable[[Any], Mapping[str, Any]]


@dataclass(frozen=True)
class Kind:
    """A kind of row: its table, its columns, and what must hold between them.

    `checks` see a whole row as it would be stored, by column name. A change of a row marks the days of `time_column`
    dirty under `topic`; where something of it is counted at other moments, those of further columns under other
    topics, by `also_marked`. A row of an `append_only` kind is never changed: with other content it is rejected.
    `worked_out` are fields that no column tells, each with what makes it of a row's values, as they will be stored.
    `external_id` is what the source's own key must be.
    `before` is called ahead of every look at the rows to be stored, and may take the locks of the kinds that are in
    `locks`; `settle` makes anew what follows from them.
    """

    name: str
    model: type[Model]
    own_columns: tuple[Column, ...]
    topic: str
    time_column: str
    checks: tuple[Check, ...] = ()
    external_id_required: bool = False
    external_id: ColumnType = EXTERNAL_ID
    append_only: bool = False
    as_given: AsGiven | None = None
    worked_out: tuple[tuple[str, Callable[[Mapping[str, Any]], object]], ...] = ()
    before: Callable[[Sequence["Row"]], None] | None = None
    locks: tuple[str, ...] = ()
    settle: Settle | None = None
    also_marked: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @cached_property
    def columns(self) -> dict[str, Column]:
        """All columns by name: the three every kind takes, then its own."""
        standard = (
            Column("source", Key(64), default=DEFAULT_SOURCE),
            Column("external_id", self.external_id, required=self.external_id_required),
            Column("version", Integer(-(2**63), 2**63 - 1)),
        )
        return {column.name: column for column in (*standard, *self.own_columns)}

    @cached_property
    def kept_columns(self) -> tuple[Column, ...]:
        """Return its own columns that have a field each."""
        return tuple(column for column in self.own_columns if column.kept)

    @cached_property
    def references(self) -> dict[str, Reference]:
        return {column.name: column.reference for column in self.own_columns if column.reference}

    @cached_property
    def merging(self) -> dict[str, Identities]:
        """Return the columns that name rows which may be merged."""
        return {name: its.identities for name, its in self.references.items() if its.identities}


_kinds: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Make kinds known; each app does so in its `imports` module, which is found at start."""
    for kind in kinds:
        if _kinds.setdefault(kind.name, kind) is not kind:
            raise ValueError(f"The import kind {kind.name} is declared twice.")


def kind_named(name: str) -> Kind:
    """Return a kind.

    Raises: NotFound, naming those there are.
    """
    if name not in _kinds:
        raise NotFound(f"There is no import of this kind; there are {', '.join(sorted(_kinds))}.", field="kind")
    return _kinds[name]


def kind_names() -> list[str]:
    return sorted(_kinds)

"""Fields that are declared, not resolved: a column, a relation, the global id.

A declaration is kept as data beside the field (`spec_of` reads it back), so that whatever plans a page can look at
what it needs without calling anything.
"""

from collections.abc import Callable
from dataclasses import MISSING, dataclass
from typing import Any, Final

import strawberry
from strawberry.types.field import StrawberryField

from cxplatform.graphql.prices import Price, priced

_SPEC: Final = "cxplatform.spec"


@dataclass(frozen=True)
class ColumnSpec:
    """An attribute of the row behind the type, of the field's own name; `requires` a permission to read it."""

    requires: str | None = None


@dataclass(frozen=True)
class GlobalIdSpec:
    """The global id of an object of a type whose key the attribute of the field's own name holds."""

    type_name: str


@dataclass(frozen=True)
class RelationSpec:
    """One row of another table: where its `columns` equal this row's `attributes` (by default: its foreign key)."""

    attributes: tuple[str, ...] = ()
    columns: tuple[str, ...] = ("id",)


def declared_as(spec: object) -> dict[object, object]:
    """Write the metadata that keeps a declaration beside its field."""
    return {_SPEC: spec}


def column(
    description: str,
    *,
    requires: str | None = None,
    deprecation_reason: str | None = None,
    default: object = MISSING,
    default_factory: Callable[[], object] | object = MISSING,
    price: Price | None = None,
) -> Any:
    """Declare a column. Whoever lacks the permission gets FORBIDDEN on this field alone, so make it nullable then.

    A `deprecation_reason` is written with `deprecations.until`.
    """
    return strawberry.field(
        description=description,
        metadata={**declared_as(ColumnSpec(requires)), **(priced(price) if price else {})},
        deprecation_reason=deprecation_reason,
        default=default,
        default_factory=default_factory,
    )


def relation(description: str, *, attributes: tuple[str, ...] = (), columns: tuple[str, ...] = ("id",)) -> Any:
    """Declare a relation to one row of another node type; null also where the viewer may not see that row."""
    return strawberry.field(description=description, metadata=declared_as(RelationSpec(attributes, columns)))


def global_id_of(type_name: str, description: str) -> Any:
    """Declare the global id of another object, by a column of the field's own name that holds its key.

    For what may not be there itself any more; whoever may not see it learns no more than its id.
    """
    return strawberry.field(description=description, metadata=declared_as(GlobalIdSpec(type_name)))


def spec_of(field: StrawberryField) -> object | None:
    """Return how a field was declared (ColumnSpec, RelationSpec, or Children); None for any other resolver's."""
    return field.metadata.get(_SPEC) if field.metadata else None

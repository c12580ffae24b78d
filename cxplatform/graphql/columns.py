"""Fields that are declared, not resolved: a column, a relation, the global id.

A declaration is kept as data beside the field (`spec_of` reads it back), so that whatever plans a page can look at
what it needs without calling anything.
"""

from collections.abc import Callable
from dataclasses import MISSING, dataclass
from typing import Any, Final

import strawberry
from strawberry.types.field import StrawberryField

_SPEC: Final = "cxplatform"


@dataclass(frozen=True)
class ColumnSpec:
    """An attribute of the row behind the type, of the field's own name; `requires` a permission to read it."""

    requires: str | None = None


@dataclass(frozen=True)
class RelationSpec:
    """One row of another table: where its `columns` equal this row's `attributes` (by default: its foreign key)."""

    attributes: tuple[str, ...] = ()
    columns: tuple[str, ...] = ("id",)


Spec = ColumnSpec | RelationSpec


def column(
    description: str,
    *,
    requires: str | None = None,
    default: object = MISSING,
    default_factory: Callable[[], object] | object = MISSING,
) -> Any:
    """Declare a column. Whoever lacks the permission gets FORBIDDEN on this field alone, so make it nullable then."""
    return strawberry.field(
        description=description,
        metadata={_SPEC: ColumnSpec(requires)},
        default=default,
        default_factory=default_factory,
    )


def relation(description: str, *, attributes: tuple[str, ...] = (), columns: tuple[str, ...] = ("id",)) -> Any:
    """Declare a relation to one row of another node type; null also where the viewer may not see that row."""
    return strawberry.field(description=description, metadata={_SPEC: RelationSpec(attributes, columns)})


def spec_of(field: StrawberryField) -> Spec | None:
    """Return how a field was declared; None for one with a resolver of its own."""
    spec: Spec | None = field.metadata.get(_SPEC) if field.metadata else None
    return spec

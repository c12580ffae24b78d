"""How an app declares what a node type's lists may be narrowed by.

    @where_input("Which orders.")
    class OrderWhere:
        kind: Filter[OrderKind] | None = by("What it did to the revenue.")
        customer: CustomerWhere | None = by("Who ordered.")

A field compares the node type's field of its own name, or what `path` leads to: `queue.key` is the column `key` of what
the relation `queue` leads to. A field whose type is itself a `where` input narrows by the related row. What a viewer
may not read on the node type, it may not filter by.
"""

from collections.abc import Callable
from typing import Any, Final, TypeVar

import strawberry
from django.db.models import Q
from strawberry import UNSET
from strawberry.types import get_object_definition
from strawberry.types.field import StrawberryField

_PATH: Final = "cxplatform.path"
_MEANING: Final = "cxplatform.meaning"
CONNECTIVES: Final = ("AND", "OR", "NOT")

DeclaredT = TypeVar("DeclaredT", bound=type)


def where_input(description: str) -> Callable[[DeclaredT], DeclaredT]:
    """Make a class of declared filters an input type, with AND, OR and NOT."""

    def make(declared: DeclaredT) -> DeclaredT:
        several, one = f"list[{declared.__name__}] | None", f"{declared.__name__} | None"
        declared.__annotations__ |= {"AND": several, "OR": several, "NOT": one}
        for name, says in (
            ("AND", "All of these hold."),
            ("OR", "At least one of these holds; an empty list matches nothing."),
            ("NOT", "This does not hold. A comparison with what is unknown does not hold, so its NOT does."),
        ):
            setattr(declared, name, strawberry.field(name=name, default=UNSET, description=says))
        made: DeclaredT = strawberry.input(declared, description=f"{description} Everything given must hold.")
        return made

    return make


# From how something is compared and with what, such as eq and a key, to a condition that is true or false for a row.
Meaning = Callable[[str, Any], Q]


def by(description: str, path: str | None = None, *, means: Meaning | None = None) -> Any:
    """Declare a filter: by the node's field of its own name, or by what a path over one relation leads to.

    Where the rows' columns do not hold what is compared, `means` gives the condition; whoever may not read what the
    path leads to may not filter by it either.
    """
    return strawberry.field(default=UNSET, description=description, metadata={_PATH: path, _MEANING: means})


def is_where(value: object) -> bool:
    """Tell whether a value is one of a `where` input."""
    return hasattr(type(value), "NOT")


def declared_filters(where: type) -> list[StrawberryField]:
    """List what a `where` input compares, without AND, OR and NOT."""
    definition = get_object_definition(where, strict=True)
    return [field for field in definition.fields if field.python_name not in CONNECTIVES]


def meaning_of(field: StrawberryField) -> Meaning | None:
    """Return what a filter means, None where it compares a column."""
    meaning: Meaning | None = field.metadata[_MEANING]
    return meaning


def path_of(field: StrawberryField) -> list[str]:
    """Return the names of the node's fields that a filter leads over."""
    path: str | None = field.metadata[_PATH]
    return (path or field.python_name).split(".")

"""Fields an upper app gives to a lower app's type, so that types refer downward only.

An app calls `extend` when its own types are imported, which is before the schema is built.
"""

from typing import Any

from strawberry.annotation import StrawberryAnnotation
from strawberry.types import get_object_definition
from strawberry.types.field import StrawberryField


def extend(lower: type, name: str, annotation: object, field: Any) -> None:
    """Add a field, declared as in a class body, to a type of a lower app.

    Raises: ValueError, if it has one so named; TypeError, if it is no declaration.
    """
    definition = get_object_definition(lower, strict=True)
    if any(existing.python_name == name for existing in definition.fields):
        raise ValueError(f"{definition.name} already has a field {name}.")
    if not isinstance(field, StrawberryField):
        raise TypeError("A field is declared with column(), relation(), child_connection() or strawberry.field().")
    field.python_name = name
    field.type_annotation = StrawberryAnnotation(annotation)
    field.origin = lower
    definition.fields.append(field)

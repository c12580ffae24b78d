"""Relay's global ids: base64 of `Type:key`."""

import base64
import binascii
from uuid import UUID

from cxplatform.errors import BadInput, NotFound


def global_id(type_name: str, key: UUID) -> str:
    """Write the id a client knows an object by."""
    return base64.b64encode(f"{type_name}:{key}".encode()).decode()


def read_global_id(text: str, *, field: str = "id") -> tuple[str, UUID]:
    """Read type and key back; `field` is the input it came by.

    Raises: BadInput, when it is not base64 at all; NotFound, when no object could have such an id.
    """
    try:
        decoded = base64.b64decode(text, validate=True).decode()
    except (binascii.Error, ValueError):
        raise BadInput("This is not an id.", field=field) from None
    type_name, _, key = decoded.partition(":")
    try:
        parsed = UUID(key)
    except ValueError:
        raise NotFound("There is no such object.") from None
    if str(parsed) != key:
        raise NotFound("There is no such object.")
    return type_name, parsed


def key_of(text: str, type_name: str, *, field: str = "id") -> UUID:
    """Read the key of an id that must be of one type. Raises: BadInput; NotFound, for another type's."""
    found, key = read_global_id(text, field=field)
    if found != type_name:
        raise NotFound("There is no such object.")
    return key

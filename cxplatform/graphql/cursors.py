"""Cursors: a position in an order, opaque to the client, made of the row's order values."""

import base64
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson

from cxplatform.errors import BadInput

_LONGEST = 2_000
_INTEGERS = range(-(2**63), 2**63)


def write_cursor(order: str, values: Sequence[Any]) -> str:
    """Write a position; `order` names the order it is a position in."""
    packed = orjson.dumps([order, *(_pack(value) for value in values)])
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def read_cursor(order: str, kinds: Sequence[type], cursor: str) -> list[Any]:
    """Read a position back: anybody can write one, so its values are such as the database can compare.

    Raises: BadInput, for garbage and for a cursor of another order.
    """
    try:
        packed = orjson.loads(_decode(cursor))
        if not isinstance(packed, list) or len(packed) != len(kinds) + 1 or packed[0] != order:
            raise BadInput("This cursor belongs to another order.")
        return [_unpack(kind, value) for kind, value in zip(kinds, packed[1:], strict=True)]
    except (ValueError, TypeError, OverflowError):
        raise BadInput("This is not a cursor.") from None


def _decode(cursor: str) -> bytes:
    if len(cursor) > _LONGEST:
        raise ValueError("too long")
    return base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)


def _pack(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _unpack(kind: type, value: Any) -> Any:
    # bool is an int to Python, and not to the database.
    if type(value) is not (str if kind in (datetime, UUID) else kind):
        raise TypeError("another type")
    if kind is datetime:
        return _moment(str(value))
    if kind is UUID:
        return _uuid(str(value))
    if isinstance(value, int) and value not in _INTEGERS:
        raise ValueError("out of range")
    if isinstance(value, str) and "\0" in value:
        raise ValueError("no database keeps this character")
    return value


def _moment(text: str) -> datetime:
    """Read an instant; in UTC, for PostgreSQL does not take every offset that Python does."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("no offset")
    return moment.astimezone(UTC)


def _uuid(text: str) -> UUID:
    key = UUID(text)
    if str(key) != text:
        raise ValueError("written in another way")
    return key

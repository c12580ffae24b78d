"""A link of the chain: what is kept of an event, and the hash that binds it to the link before. Pure."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

import orjson

# What the first link of a chain follows on.
NOTHING = "0" * 64
_FORM = "cxplatform audit 1"


class Link(NamedTuple):
    """A row of the trail, in the order of its columns."""

    id: UUID
    sequence: int
    at: datetime
    actor_id: UUID | None
    actor_name: str
    actor_role: str
    actor_key: UUID | None
    of_provider: bool
    action: str
    object_type: str
    object_id: str
    object_label: str
    before: str | None
    after: str | None
    brand_ids: list[UUID]
    request_id: str
    previous_hash: str
    hash: str


@dataclass(frozen=True)
class Head:
    """How far a chain goes, and the hash of its last link."""

    sequence: int = 0
    hash: str = NOTHING


def hash_of(schema: str, link: Link) -> str:
    """Hash everything a link says, with the schema it lies in: SHA-256 over one JSON array in UTF-8.

    The array: the form's name, the schema, then the columns in order but for the hash itself. Instants are in UTC with
    microseconds, ids as text.
    """
    content = [_FORM, schema, *link[:-1]]
    content[4] = link.at.astimezone(UTC).isoformat(timespec="microseconds")
    return hashlib.sha256(orjson.dumps(content)).hexdigest()


def told(values: Mapping[str, object] | None) -> str | None:
    """Write values as the JSON that is kept and hashed; None for nothing."""
    if not values:
        return None
    plain = {name: _plain(value) for name, value in values.items()}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    return value

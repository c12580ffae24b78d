"""A report of a brand's own sender, read from JSON. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

import orjson

from cxplatform.errors import BadInput

_REASON: Final = re.compile(r"[A-Z][A-Z0-9_]{0,29}\Z")
_LONGEST_ID: Final = 200


class Happened(StrEnum):
    DELIVERED = "message.delivered"
    BOUNCED = "message.bounced"
    COMPLAINED = "message.complained"
    UNSUBSCRIBED = "message.unsubscribed"


@dataclass(frozen=True, slots=True)
class Report:
    """What happened to a message; of some senders' the invitation is known besides."""

    happened: Happened
    message_id: str
    at: datetime
    reason: str | None = None


def read_report(body: bytes, now: datetime) -> Report:
    """Read a report; what it says is of the future happened now. Raises: BadInput naming the field."""
    try:
        said = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise BadInput("The body is no JSON.") from None
    data = said.get("data") if isinstance(said, dict) else None
    if not isinstance(data, dict):
        raise BadInput("It has a type, a timestamp and data.", field="data")
    if said.get("type") not in list(Happened):
        raise BadInput(f"The type is one of {', '.join(Happened)}.", field="type")
    return Report(Happened(said["type"]), _message_id(data), _moment(said.get("timestamp"), now), _reason(data))


def _message_id(data: Mapping[str, Any]) -> str:
    found = data.get("message_id")
    if not isinstance(found, str) or not 0 < len(found) <= _LONGEST_ID or not found.isascii() or "\0" in found:
        raise BadInput(f"It has at most {_LONGEST_ID} characters.", field="data.message_id")
    return found


def _moment(said: object, now: datetime) -> datetime:
    try:
        at = datetime.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise BadInput("An instant with its offset is wanted.", field="timestamp")
    return min(at, now)


def _reason(data: Mapping[str, Any]) -> str | None:
    """Return why, if it is a code; words may hold an address."""
    found = data.get("reason")
    return found if isinstance(found, str) and _REASON.match(found) else None

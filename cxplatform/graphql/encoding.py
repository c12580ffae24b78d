"""Answers to JSON."""

import json
from datetime import date
from typing import Any

import orjson


def encode(body: object) -> bytes:
    """Write JSON; orjson's 64-bit integers and 254 levels fall back to the standard library's writer."""
    try:
        return orjson.dumps(body)
    except TypeError:
        return json.dumps(
            body, default=_known_to_orjson, ensure_ascii=False, allow_nan=False, separators=(",", ":")
        ).encode()


def _known_to_orjson(value: object) -> Any:
    """Write what orjson knows and the standard library does not."""
    if isinstance(value, orjson.Fragment):
        return json.loads(orjson.dumps(value))
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is no JSON")

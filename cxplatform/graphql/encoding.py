"""Answers to JSON."""

import json

import orjson


def encode(body: object) -> bytes:
    """Write JSON; orjson's 64-bit integers and 254 levels fall back to the standard library's writer."""
    try:
        return orjson.dumps(body)
    except TypeError:
        return json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()

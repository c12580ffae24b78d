"""From the bytes of a body to a GraphQL request; whatever is wrong with them is the client's fault, and said so."""

import json
import re
from dataclasses import dataclass
from typing import Any

import orjson
from django.conf import settings

from cxplatform.errors import BadInput, TooLarge

_LARGEST_INTEGER = 2**63 - 1
# Where no integer of a body can be larger, it is not read twice to find one.
_MANY_DIGITS = re.compile(rb"[0-9]{19}")
_DIGITS_AT_MOST = 20


@dataclass(frozen=True)
class GraphQLRequest:
    """One operation asked for."""

    query: str
    variables: dict[str, Any] | None
    operation_name: str | None
    # Not checked yet: on what only reads it means nothing.
    idempotency_key: object = None


def request_of_body(body: bytes) -> GraphQLRequest:
    """Read a JSON body. Raises: BadInput, TooLarge."""
    if len(body) > settings.CX_MAX_BODY_BYTES:
        raise TooLarge(f"A request has at most {settings.CX_MAX_BODY_BYTES:,} bytes.")
    try:
        # orjson refuses NaN, bad UTF-8, UTF-16, lone surrogates and more than 1,024 levels.
        parsed = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise BadInput("The body is not JSON in UTF-8.") from None
    if rb"\u0000" in body:
        refuse_null_characters(parsed)
    refuse_large_integers(body)
    return request_of(parsed)


def request_of(parsed: object) -> GraphQLRequest:
    """Read the parameters of GraphQL over HTTP. Raises: BadInput."""
    if not isinstance(parsed, dict):
        raise BadInput("The body is a JSON object with `query`; batches are not taken.")
    query, variables = parsed.get("query"), parsed.get("variables")
    name, extensions = parsed.get("operationName"), parsed.get("extensions")
    if not isinstance(query, str) or not query:
        raise BadInput("`query` is the document, a string.", field="query")
    if variables is not None and not isinstance(variables, dict):
        raise BadInput("`variables` is an object.", field="variables")
    if name is not None and not isinstance(name, str):
        raise BadInput("`operationName` is a string.", field="operationName")
    if extensions is not None and not isinstance(extensions, dict):
        raise BadInput("`extensions` is an object.", field="extensions")
    return GraphQLRequest(query, variables, name or None)


def refuse_large_integers(body: bytes) -> None:
    """Refuse integers of more than 64 bits in valid JSON, which orjson takes for floats. Raises: BadInput."""
    if not _MANY_DIGITS.search(body):
        return
    try:
        json.loads(body, parse_int=_checked_integer)
    except RecursionError:
        raise BadInput("The body is nested too deeply.") from None


def _checked_integer(digits: str) -> int:
    if len(digits) > _DIGITS_AT_MOST or abs(int(digits)) > _LARGEST_INTEGER:
        raise BadInput("A number is an integer of more than 64 bits.")
    return int(digits)


def refuse_null_characters(parsed: object) -> None:
    """Refuse U+0000 anywhere in parsed JSON: neither text nor jsonb can hold it. Raises: BadInput."""
    pending = [parsed]
    while pending:
        value = pending.pop()
        if isinstance(value, str) and "\0" in value:
            raise BadInput("Text may not hold the character U+0000.")
        if isinstance(value, dict):
            pending += [*value.keys(), *value.values()]
        elif isinstance(value, list):
            pending += value

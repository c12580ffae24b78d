"""What a client says on a socket, taken apart; whatever is wrong with it closes the socket or refuses the operation."""

from dataclasses import replace
from typing import Any

import orjson
from django.conf import settings

from cxplatform.errors import BadInput
from cxplatform.graphql.live.asgi_types import Message
from cxplatform.graphql.live.bound import Credential
from cxplatform.graphql.live.codes import BAD_REQUEST, TOO_BIG, Closed
from cxplatform.graphql.requests import (
    GraphQLRequest,
    refuse_large_integers,
    refuse_null_characters,
    request_of,
)


def parsed(received: Message) -> dict[str, Any]:
    """Read one message. Raises: Closed."""
    text = received.get("text")
    if text is None:
        raise Closed(BAD_REQUEST, "Messages are text")
    if len(text) > settings.CX_MAX_BODY_BYTES or len(text.encode("utf-8", "replace")) > settings.CX_MAX_BODY_BYTES:
        raise Closed(TOO_BIG, f"A message has at most {settings.CX_MAX_BODY_BYTES:,} bytes")
    try:
        message = orjson.loads(text)
        refuse_large_integers(text.encode())
    except (orjson.JSONDecodeError, UnicodeEncodeError):
        raise Closed(BAD_REQUEST, "Messages are JSON") from None
    except BadInput as error:
        raise Closed(BAD_REQUEST, error.message) from None
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        raise Closed(BAD_REQUEST, "Messages are JSON objects with a type")
    return message


def id_of(message: dict[str, Any]) -> str:
    """Return the operation's id. Raises: Closed."""
    operation_id = message.get("id")
    if not isinstance(operation_id, str) or not 1 <= len(operation_id) <= 128:
        raise Closed(BAD_REQUEST, "id is a string of 1 to 128 characters")
    return operation_id


def credential_of(payload: object, host: str | None) -> Credential:
    """Read the payload of connection_init. Raises: Closed."""
    if payload is not None and not isinstance(payload, dict):
        raise Closed(BAD_REQUEST, "The payload of connection_init is an object")
    values = payload or {}
    authorization, brand = values.get("authorization"), values.get("brand")
    if not isinstance(authorization, str | None) or not isinstance(brand, str | None):
        raise Closed(BAD_REQUEST, "authorization and brand are strings")
    return Credential(authorization, brand, host)


def operation_of(payload: object) -> GraphQLRequest:
    """Read the payload of subscribe, whose extensions hold what is a header elsewhere. Raises: BadInput."""
    if not isinstance(payload, dict):
        raise BadInput("The payload of subscribe is an object.")
    refuse_null_characters(payload)
    request = request_of(payload)
    key = (payload.get("extensions") or {}).get("idempotencyKey")
    return replace(request, idempotency_key=key)


def next_message(operation_id: str, body: bytes) -> str:
    """Write a message around an answer's bytes."""
    quoted = orjson.dumps(operation_id).decode()
    return f'{{"id":{quoted},"type":"next","payload":{body.decode()}}}'

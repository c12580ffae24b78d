"""Errors as clients see them: a code each, one table of statuses, and never a word of an unexpected one."""

import logging
from collections.abc import Sequence
from typing import Any

from django.db import InterfaceError, OperationalError
from graphql import GraphQLError
from psycopg.errors import QueryCanceled

from cxplatform.errors import DomainError
from cxplatform.graphql.naming import camel
from cxplatform.ids import uuid7
from cxplatform.throttle.buckets import RateLimited

logger = logging.getLogger(__name__)

STATUS_OF_CODE: dict[str, int] = {
    "BAD_USER_INPUT": 400,
    "QUERY_TOO_COMPLEX": 400,
    "BRAND_REQUIRED": 400,
    "UNAUTHENTICATED": 401,
    "FORBIDDEN": 403,
    "NOT_FOUND": 404,
    "CONFLICT": 409,
    "PAYLOAD_TOO_LARGE": 413,
    "RATE_LIMITED": 429,
    "INTERNAL": 500,
    "UNAVAILABLE": 503,
}

FormattedError = dict[str, Any]


class DocumentRefused(Exception):
    """A well-formed request whose document does not parse, validate or coerce: `errors` says why."""

    def __init__(self, errors: Sequence[GraphQLError]) -> None:
        super().__init__(errors[0].message if errors else "refused")
        self.errors = errors


def status_of(errors: Sequence[FormattedError], *, executed: bool, legacy_json: bool, document_fault: bool) -> int:
    """Return the HTTP status of an answer; nowhere else is one decided.

    `legacy_json`: the answer is application/json, where GraphQL over HTTP wants 200 for a fault of the document.
    """
    if executed or not errors or (document_fault and legacy_json):
        return 200
    return STATUS_OF_CODE[errors[0]["extensions"]["code"]]


def formatted(error: Exception) -> FormattedError:
    """Write one error for the client; log what it must not see."""
    if not isinstance(error, GraphQLError):
        return {"message": _message(error), "extensions": _extensions(error)}
    original = _original(error)
    shown: FormattedError = {"message": error.message if original is None else _message(original)}
    if error.locations:
        shown["locations"] = [location.formatted for location in error.locations]
    if error.path:
        shown["path"] = error.path
    shown["extensions"] = {"code": "BAD_USER_INPUT"} if original is None else _extensions(original)
    return shown


def _original(error: GraphQLError) -> Exception | None:
    """Return what a resolver raised; None, when the fault lies in the request itself."""
    original = error.original_error
    while isinstance(original, GraphQLError):
        original = original.original_error
    # Before execution only the request can be at fault: a scalar refuses its text with a ValueError.
    return original if error.path else None


def _message(error: Exception) -> str:
    if isinstance(error, DomainError):
        return error.message
    if isinstance(error.__cause__, QueryCanceled):
        return "This takes longer to find than a request may; narrow it down, by a range of time for one."
    if isinstance(error, OperationalError | InterfaceError):
        return "The data cannot be reached just now."
    return "Something went wrong on our side."


def _extensions(error: Exception) -> dict[str, Any]:
    if isinstance(error, DomainError):
        wait = {"retryAfterSeconds": error.retry_after_seconds} if isinstance(error, RateLimited) else {}
        return {"code": error.code} | ({"field": camel(error.field)} if error.field else {}) | wait
    incident = str(uuid7())
    logger.error("incident %s", incident, exc_info=error)
    unreachable = isinstance(error, OperationalError | InterfaceError)
    return {"code": "UNAVAILABLE" if unreachable else "INTERNAL", "incident": incident}

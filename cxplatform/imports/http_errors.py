"""How the import endpoint says that something went wrong.

The body of every error is `{"error": {"code": …, "message": …, "field": …}}`; `field` is null where no one part of
the request is at fault. Codes are those of GraphQL's `extensions.code`.
"""

import logging
from uuid import uuid4

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, JsonResponse

from cxplatform.errors import DomainError, Unavailable
from cxplatform.throttle.buckets import RateLimited

logger = logging.getLogger(__name__)

_STATUS = {
    "BAD_USER_INPUT": 400,
    "BRAND_REQUIRED": 400,
    "UNAUTHENTICATED": 401,
    "FORBIDDEN": 403,
    "NOT_FOUND": 404,
    "METHOD_NOT_ALLOWED": 405,
    "CONFLICT": 409,
    "PAYLOAD_TOO_LARGE": 413,
    "RATE_LIMITED": 429,
    "UNAVAILABLE": 503,
}


class MethodNotAllowed(DomainError):
    code = "METHOD_NOT_ALLOWED"


def answer_error(error: Exception) -> HttpResponse:
    """Turn what a view raised into an answer; anything unexpected is logged under an incident's id."""
    if isinstance(error, OperationalError | InterfaceError):
        logger.exception("the import endpoint found no database")
        error = Unavailable("The database is not available; try again later.")
    if not isinstance(error, DomainError) or error.code not in _STATUS:
        incident = uuid4().hex
        logger.error("incident %s", incident, exc_info=error)
        error = DomainError(f"Something went wrong on our side; incident {incident}.")
    body = {"error": {"code": error.code, "message": error.message, "field": error.field}}
    response = JsonResponse(body, status=_STATUS.get(error.code, 500))
    if error.code == "UNAUTHENTICATED":
        response["WWW-Authenticate"] = "Bearer"
    if isinstance(error, Unavailable | RateLimited):
        response["Retry-After"] = str(error.retry_after_seconds)
    return response

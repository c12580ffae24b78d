"""What is answered where no view is reached or one has failed: an error with a code, in the form of the endpoint."""

import logging

from django.http import HttpRequest, HttpResponse, JsonResponse

from cxplatform.ids import uuid7

logger = logging.getLogger(__name__)


def refusal(
    request: HttpRequest, status: int, code: str, message: str, *, field: str | None = None, **details: str
) -> HttpResponse:
    """Write one error as the endpoint that was asked writes its own."""
    if request.path_info.startswith(("/import", "/exports")):
        return JsonResponse({"error": {"code": code, "message": message, "field": field}}, status=status)
    return JsonResponse({"errors": [{"message": message, "extensions": {"code": code, **details}}]}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refusal(request, 400, "BAD_USER_INPUT", "The request cannot be read.")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refusal(request, 403, "FORBIDDEN", "This is not allowed.")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refusal(request, 404, "NOT_FOUND", "There is nothing here.")


def failed(request: HttpRequest) -> HttpResponse:
    """Answer for a view that raised; Django has logged it, and the line here ties an incident's id to it."""
    incident = str(uuid7())
    logger.error("incident %s: %s %s", incident, request.method, request.path_info[:100])
    message = f"Something went wrong on our side; incident {incident}."
    return refusal(request, 500, "INTERNAL", message, incident=incident)


def unlogged(answer: HttpResponse) -> HttpResponse:
    """Keep Django from logging a refused path: for where the path is a key."""
    answer._has_been_logged = True  # type: ignore[attr-defined]  # what Django asks before it logs
    return answer

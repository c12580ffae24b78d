"""One request to a survey's page, from its token to what that leads to: guessing costs, and is told of nowhere."""

import logging
from collections.abc import Callable
from functools import wraps
from traceback import extract_tb
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from apps.surveys.page.looking import Asked, find
from apps.surveys.page.rendering import plain_page
from cxplatform.refusals import unlogged
from cxplatform.tenancy.scope import unit_of_work
from cxplatform.throttle.addresses import client_address
from cxplatform.throttle.buckets import RateLimited
from cxplatform.throttle.sizes import bucket_of_address
from cxplatform.throttle.throttle import throttle

logger = logging.getLogger(__name__)
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def secretive(view: View[P]) -> View[P]:
    """Answer whatever happens without a word in the log that names the path: whoever reads it could answer."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            with unit_of_work():
                response = view(request, *args, **kwargs)
        except RateLimited as error:
            response = plain_page("gone", "wait", 429, language=language_of(request))
            response["Retry-After"] = str(error.retry_after_seconds)
        except Exception as error:  # noqa: BLE001  # Django would log the path of whatever is raised
            # What it is and where, not what it says: that may quote an answer.
            at = extract_tb(error.__traceback__)[-1]
            logger.error("a survey's page failed: %s at %s:%s", type(error).__name__, at.filename, at.lineno)  # noqa: TRY400  # as said
            response = plain_page("gone", "failed", 500, language=language_of(request))
        return unlogged(response)

    return answer


def found_by(request: HttpRequest, token: str) -> Asked | None:
    """Return what the token leads to; one that leads nowhere costs its address a point. Raises: RateLimited."""
    if not settings.CX_THROTTLE:
        return find(token)
    address = client_address(request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_X_FORWARDED_FOR"))
    charge = throttle().charge([bucket_of_address(address)], 1)
    found = find(token)
    if found is not None:
        charge.refund(1)
    return found


def gone(request: HttpRequest) -> HttpResponse:
    """Answer for every token that opens nothing, whyever."""
    return plain_page("gone", "gone_more", 404, language=language_of(request))


def language_of(request: HttpRequest) -> str | None:
    """Return the language a browser asks for first."""
    return request.headers.get("Accept-Language", "").split(",")[0].split(";")[0].strip()[:35] or None

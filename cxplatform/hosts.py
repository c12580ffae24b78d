"""Answer only to the host names in ALLOWED_HOSTS: others get a 400 before anything is read or written."""

from collections.abc import Callable

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse

from cxplatform.refusals import refusal

# A load balancer asks for these by address.
_ASKED_BY_ADDRESS = frozenset({"/healthz", "/readyz"})


class KnownHosts:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info not in _ASKED_BY_ADDRESS:
            try:
                request.get_host()
            except DisallowedHost:
                return refusal(request, 400, "BAD_USER_INPUT", "This host name is not served here.", field="Host")
        return self.get_response(request)

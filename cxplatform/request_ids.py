"""Every request has an id: its log lines and its part of the audit trail carry it, and so does its answer."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from cxplatform.ids import uuid7
from cxplatform.tenancy.scope import unit_of_work

HEADER = "X-Request-Id"


class RequestIds:
    """Give the request an id of ours, whatever it says of itself: what a client chose could be another's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = str(uuid7())
        with unit_of_work(request_id):
            response = self.get_response(request)
        response[HEADER] = request_id
        return response

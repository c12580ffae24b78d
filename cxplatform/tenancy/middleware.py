"""Third-party pages (an admin, a sign-in) know nothing of doors: their paths run inside the shared one."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from cxplatform.tenancy.doors import shared_tx


class SharedPrefixes:
    """Wrap the paths in CX_SHARED_PATH_PREFIXES in one shared door each request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(tuple(settings.CX_SHARED_PATH_PREFIXES)):
            return self.get_response(request)
        with shared_tx():
            response = self.get_response(request)
            render = getattr(response, "render", None)
            if render is not None and not getattr(response, "is_rendered", True):
                response = render()
            return response

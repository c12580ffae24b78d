"""The HTTP answers of the live process carry the headers of the web process's, by the same middleware."""

from functools import reduce
from io import BytesIO

from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

from cxplatform.graphql.live.asgi_types import Application, Message, Receive, Scope, Send

Headers = list[tuple[bytes, bytes]]


class _Passed(HttpResponse):
    """What comes back when no middleware wants to answer itself."""


class WithHeaders:
    """Wrap an ASGI application; other than HTTP passes untouched."""

    def __init__(self, application: Application) -> None:
        self._application = application
        wrappers = [import_string(path) for path in settings.CX_ANSWER_MIDDLEWARE]
        self._asked = reduce(lambda inner, wrap: wrap(inner), reversed(wrappers), _pass)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        said = self._asked(ASGIRequest(scope, BytesIO()))
        if not isinstance(said, _Passed):
            await send({"type": "http.response.start", "status": said.status_code, "headers": _headers(said)})
            await send({"type": "http.response.body", "body": said.content})
            return
        del said["Content-Type"]
        added = _headers(said)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own: Headers = list(message.get("headers", ()))
                present = {name for name, _ in own}
                message["headers"] = own + [pair for pair in added if pair[0] not in present]
            await send(message)

        await self._application(scope, receive, send_with_headers)


def _pass(_request: HttpRequest) -> HttpResponse:
    return _Passed()


def _headers(response: HttpResponse) -> Headers:
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in response.items()]

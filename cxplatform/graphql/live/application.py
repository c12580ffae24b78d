"""The ASGI application of the live process."""

from cxplatform.errors import NotFound
from cxplatform.graphql.errors import formatted
from cxplatform.graphql.live import codes
from cxplatform.graphql.live.asgi_types import Receive, Scope, Send
from cxplatform.graphql.live.outlet import Outlet
from cxplatform.graphql.live.sse import respond, stream
from cxplatform.graphql.live.surroundings import Surroundings
from cxplatform.graphql.live.transport_ws import SUBPROTOCOL, Socket


class Live:
    """Answer /healthz, /graphql/ws and /graphql/stream."""

    def __init__(self) -> None:
        self._surroundings = Surroundings()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live_and_die(receive, send)
            return
        self._surroundings.begin()
        path = (scope["type"], scope["path"])
        if path == ("websocket", "/graphql/ws"):
            await self._websocket(scope, receive, send)
        elif path == ("http", "/graphql/stream"):
            await stream(scope, receive, send, self._surroundings)
        elif path == ("http", "/healthz"):
            await _healthy(send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": codes.NOT_FOUND})
        else:
            await respond(send, 404, formatted(NotFound("There is nothing here.")))

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        if SUBPROTOCOL not in scope.get("subprotocols", ()):
            await send({"type": "websocket.accept"})
            reason = "Subprotocol not acceptable"
            await send({"type": "websocket.close", "code": codes.BAD_SUBPROTOCOL, "reason": reason})
            return
        await send({"type": "websocket.accept", "subprotocol": SUBPROTOCOL})
        await Socket(scope, receive, Outlet(send), self._surroundings).run()

    async def _live_and_die(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                self._surroundings.end()
                await send({"type": "lifespan.shutdown.complete"})
                return


async def _healthy(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"ok\n"})

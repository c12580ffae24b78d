"""The way out to one client: one message at a time, and an end to whoever does not take them."""

import asyncio
from contextlib import suppress
from typing import Any

import orjson

from cxplatform.graphql.live.asgi_types import Message, Send

# The server's `send` waits while the client does not read and the kernel's buffers are full.
SEND_SECONDS = 10.0
_CLOSE_SECONDS = 1.0


class Stuck(Exception):
    """The client does not read."""


class Outlet:
    """Send to one client. What waits to be sent is at most one message for each operation, for looks wait for it."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._turn = asyncio.Lock()
        self._stuck = False

    async def tell(self, message: Message) -> None:
        """Send one message. Raises: Stuck, from then on too."""
        async with self._turn:
            if self._stuck:
                raise Stuck
            try:
                async with asyncio.timeout(SEND_SECONDS):
                    await self._send(message)
            except TimeoutError:
                self._stuck = True
                raise Stuck from None

    async def say(self, message: dict[str, Any]) -> None:
        """Send a message of a socket. Raises: Stuck."""
        await self.say_raw(orjson.dumps(message).decode())

    async def say_raw(self, text: str) -> None:
        """Send a message of a socket that is JSON already. Raises: Stuck."""
        await self.tell({"type": "websocket.send", "text": text})

    async def last(self, message: Message) -> None:
        """Send the message that ends it all, as far as that is possible."""
        with suppress(Exception):
            async with asyncio.timeout(_CLOSE_SECONDS):
                await self._send(message)

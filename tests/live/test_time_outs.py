"""Time-outs of a socket, with a clock that is not waited for."""

import asyncio
from typing import Any

import pytest

from cxplatform.graphql.live import transport_ws
from cxplatform.graphql.live.outlet import Outlet
from cxplatform.graphql.live.surroundings import Surroundings
from cxplatform.graphql.live.transport_ws import Socket


def _run(first_messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Speak to a socket whose client then falls silent; what it was sent."""
    sent: list[dict[str, Any]] = []
    pending = list(first_messages)

    async def receive() -> dict[str, Any]:
        if pending:
            return pending.pop(0)
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: Any) -> None:
        sent.append(dict(message))

    asyncio.run(Socket({"headers": []}, receive, Outlet(send), Surroundings()).run())
    return sent


def test_a_socket_that_does_not_sign_in_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport_ws, "INIT_SECONDS", 0.05)

    sent = _run([])

    assert sent == [{"type": "websocket.close", "code": 4408, "reason": "Connection initialisation timeout"}]


def test_pings_do_not_put_off_signing_in_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport_ws, "INIT_SECONDS", 0.05)

    sent = _run([{"type": "websocket.receive", "text": '{"type": "ping"}'}])

    assert sent[-1]["code"] == 4408

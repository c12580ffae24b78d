"""What followers see of a database that goes away for a moment, and of one that stays away."""

import asyncio
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import connections

from cxplatform.graphql.live import following as live_following
from cxplatform.graphql.live.access import CHECK_SECONDS
from cxplatform.graphql.live.bound import Credential
from cxplatform.graphql.live.looks import Look
from cxplatform.graphql.live.surroundings import Surroundings
from cxplatform.graphql.requests import GraphQLRequest
from tests import cluster
from tests.live.conftest import Following
from tests.live.speaking import hear, open_socket, sign_in, subscribe

FOLLOW = "subscription($id: ID!) { importJobProgressed(id: $id) { rows } }"
Followings = dict[str, Following]


@contextmanager
def outage() -> Iterator[None]:
    """Cut every connection to this worker's database and let none be made."""
    name = connections["default"].settings_dict["NAME"]
    with psycopg.connect(os.environ[cluster.ADMIN], autocommit=True) as admin:
        admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        try:
            yield
        finally:
            admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')


def _hang_up() -> None:
    """Close the test's own connections, so that an outage does not break them."""
    connections["default"].close()
    connections["owner"].close()


def test_a_short_outage_ends_no_subscription(live_url: str, following: Followings) -> None:
    acme = following["acme"]
    with open_socket(live_url) as socket:
        sign_in(socket, acme.token)
        subscribe(socket, FOLLOW, id=acme.job_id)
        assert _rows(hear(socket)) == 0

        _hang_up()
        # Longer than from one check of everybody's access to the next.
        with outage(), pytest.raises(TimeoutError):
            hear(socket, seconds=CHECK_SECONDS + 0.5)
        acme.change(rows=5, accepted=5)

        assert _rows(hear(socket)) == 5


def test_a_long_outage_ends_with_unavailable(following: Followings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_following, "OUTAGE_SECONDS", 2.0)  # and nobody hears wake-ups here, so it polls
    acme = following["acme"]
    request = GraphQLRequest(FOLLOW, {"id": acme.job_id}, None)
    bound = Credential(f"Bearer {acme.token}", "acme", None).bind()

    async def looks() -> list[Look]:
        seen = []
        following_it = live_following.follow(request, bound, Surroundings())
        seen.append(await anext(following_it))
        with outage():
            seen += [look async for look in following_it]
        return seen

    _hang_up()
    began = time.monotonic()
    first, last = asyncio.run(looks())

    assert json.loads(first.body)["data"] == {"importJobProgressed": {"rows": 0}}
    assert [error["extensions"]["code"] for error in last.errors] == ["UNAVAILABLE"]
    assert time.monotonic() - began >= 2


def _rows(message: dict[str, Any]) -> int:
    rows: int = message["payload"]["data"]["importJobProgressed"]["rows"]
    return rows

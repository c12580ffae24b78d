"""Many sockets of several brands: each hears of its own brand alone, all of it, and no connection is held for it."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import connections
from django.utils import timezone

from apps.accounts.permissions import Role
from apps.metrics.recompute import recompute_all
from cxplatform.dirty.marks import mark
from cxplatform.graphql.live.turns import THREADS
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.live.conftest import person
from tests.live.crowd import Crowd
from tests.live.processes import LiveProcess, live_process
from tests.metrics.rows import store

DAY = datetime(2026, 4, 8, 15, tzinfo=UTC)
SPEEDS = (10.0, 20.0)
SOCKETS, ROUNDS = 40, 4
NAME = "process of the crowd"


@pytest.fixture
def crowded_process(committed: None) -> Iterator[LiveProcess]:
    with live_process(PGAPPNAME=NAME) as process:
        yield process


def write(brand: BrandRef, speed: float) -> None:
    """Write a contact that waited so long, and recount as the worker would."""
    with brand_tx(brand):
        store([{"opened_at": DAY, "answered": True, "wait_seconds": speed}])
        mark("interaction", [DAY.date()])
    recompute_all(brand, now=timezone.now())


def held_connections() -> int:
    """Count the live process's connections to the database, by the name it gives them."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE application_name = %s", [NAME])
        return int(cursor.fetchone()[0])


def test_forty_sockets_of_two_brands_hear_all_of_their_own_and_nothing_else(
    crowded_process: LiveProcess, committed: None, acme: BrandRef, globex: BrandRef
) -> None:
    brands = (acme, globex)
    keys = [person(brand, Role.VIEWER).token for brand in brands]
    write(acme, SPEEDS[0])
    write(globex, SPEEDS[1])

    async def rounds() -> Crowd:
        async with Crowd(crowded_process.url, [keys[number % 2] for number in range(SOCKETS)], 2) as crowd:
            await crowd.hears(1, of=(0, 1))
            for volume in range(2, ROUNDS + 1):
                for brand, speed in zip(brands, SPEEDS, strict=True):
                    await asyncio.to_thread(write, brand, speed)
                await crowd.hears(volume, of=(0, 1))
            return crowd

    crowd = asyncio.run(rounds())

    assert crowd.wrong(SPEEDS) == 0
    assert {tuple(volume for volume, _, _ in listener.told) for listener in crowd.listeners} == {(1, 2, 3, 4)}
    assert 1 <= held_connections() <= THREADS

"""When looks are made: as soon as something is told, once for much at a time, and rarely for what was never told."""

import asyncio
import json
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence

import pytest

from cxplatform.graphql.live import following as live_following
from cxplatform.graphql.live import sharing
from cxplatform.graphql.live.bound import Bound, Credential
from cxplatform.graphql.live.following import follow
from cxplatform.graphql.live.looks import Look, look_again
from cxplatform.graphql.live.surroundings import Surroundings
from cxplatform.graphql.requests import GraphQLRequest
from tests.live.conftest import Following
from tests.live.speaking import PATIENCE_SECONDS

FOLLOW = "subscription($id: ID!) { importJobProgressed(id: $id) { rows } }"
Looks = AsyncGenerator[Look, None]


def followed(who: Following, then: Callable[[Looks, Surroundings], Awaitable[None]]) -> None:
    """Follow the import in this process, listening to the real Valkey."""
    bound = Credential(f"Bearer {who.token}", None, None).bind()

    async def all_of_it() -> None:
        surroundings = Surroundings()
        surroundings.begin()
        async with asyncio.timeout(60):
            while not surroundings.wakes.heard:
                await asyncio.sleep(0.05)
        looks = follow(GraphQLRequest(FOLLOW, {"id": who.job_id}, None), bound, surroundings)
        await then(looks, surroundings)
        await looks.aclose()
        surroundings.end()

    asyncio.run(all_of_it())


async def next_rows(looks: Looks, seconds: float = PATIENCE_SECONDS) -> int:
    async with asyncio.timeout(seconds):
        seen = await anext(looks)
    rows: int = json.loads(seen.body)["data"]["importJobProgressed"]["rows"]
    return rows


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[Bound]:
    """Count the looks after each first one."""
    made: list[Bound] = []

    def counting(request: GraphQLRequest, bounds: Sequence[Bound]) -> dict[Bound, Look]:
        made.extend(bounds)
        return look_again(request, bounds)

    monkeypatch.setattr(sharing, "look_again", counting)
    return made


def test_what_is_told_between_the_first_look_and_listening_is_not_missed(following: dict[str, Following]) -> None:
    acme = following["acme"]

    async def change_before_it_listens(looks: Looks, surroundings: Surroundings) -> None:
        assert await next_rows(looks) == 0
        await asyncio.to_thread(acme.change, rows=3, accepted=3)
        assert await next_rows(looks) == 3

    followed(acme, change_before_it_listens)


def test_what_was_never_told_is_found_by_a_rare_look(
    following: dict[str, Following], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_following, "RARE_LOOK_SECONDS", 1.0)
    acme = following["acme"]

    async def change_and_be_killed(looks: Looks, surroundings: Surroundings) -> None:
        assert await next_rows(looks) == 0
        await asyncio.to_thread(acme.change_silently, rows=4, accepted=4)
        assert await next_rows(looks) == 4

    followed(acme, change_and_be_killed)


def test_while_wake_ups_are_heard_nobody_polls(
    following: dict[str, Following], counted: list[Bound], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_following, "POLL_SECONDS", 0.1)
    acme = following["acme"]

    async def wait(looks: Looks, surroundings: Surroundings) -> None:
        assert await next_rows(looks) == 0
        waiting = asyncio.create_task(next_rows(looks))
        while not counted:
            await asyncio.sleep(0.05)
        await asyncio.sleep(4 * live_following.GATHER_SECONDS)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)

    followed(acme, wait)

    # One, because nobody listened yet when the first was made.
    assert len(counted) == 1


def test_what_is_told_in_quick_succession_is_seen_by_few_looks(
    following: dict[str, Following], counted: list[Bound]
) -> None:
    acme = following["acme"]
    took: list[float] = []

    def change_often() -> None:
        for rows in range(1, 101):
            acme.change(rows=rows, accepted=rows)

    async def many(looks: Looks, surroundings: Surroundings) -> None:
        assert await next_rows(looks) == 0
        began = time.monotonic()
        changing = asyncio.create_task(asyncio.to_thread(change_often))
        while await next_rows(looks) < 100:
            pass
        took.append(time.monotonic() - began)
        await changing

    followed(acme, many)

    # One in so long a time, however long a busy machine takes; and the first, and the one that begins the next.
    assert len(counted) <= took[0] / live_following.GATHER_SECONDS + 2

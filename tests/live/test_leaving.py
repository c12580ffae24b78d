"""Whoever is told to go is gone, in whatever moment that is said."""

import asyncio

import pytest

from cxplatform.graphql.live.following import _woken
from cxplatform.graphql.live.surroundings import Surroundings
from cxplatform.graphql.live.within import within


@pytest.mark.parametrize("turns", range(5))
def test_who_is_called_off_in_the_moment_it_is_woken_goes(turns: int) -> None:
    async def call_off() -> bool:
        event = asyncio.Event()
        soon = asyncio.get_running_loop().time() + 60
        following = asyncio.create_task(_woken(event, Surroundings(), None, not_before=soon))
        await asyncio.sleep(0)
        event.set()
        for _ in range(turns):
            await asyncio.sleep(0)
        following.cancel()
        await asyncio.wait([following], timeout=5)
        return following.cancelled()

    assert asyncio.run(call_off())


def test_what_does_not_happen_in_time_is_given_up() -> None:
    async def wait_in_vain() -> None:
        await within(0.01, asyncio.Event().wait())

    with pytest.raises(TimeoutError):
        asyncio.run(wait_in_vain())

"""Brands take turns at the threads, and a turn given up is passed on."""

import asyncio

from cxplatform.graphql.live.turns import Turns


def test_a_brand_with_many_waiting_keeps_no_other_waiting() -> None:
    served: list[str] = []

    async def all_at_once() -> None:
        turns = Turns(places=1)
        crowd = [turns.run("crowd", lambda: served.append("crowd")) for _ in range(20)]
        await asyncio.gather(*crowd, turns.run("single", lambda: served.append("single")))

    asyncio.run(all_at_once())

    assert sorted(served) == ["crowd"] * 20 + ["single"]
    assert served.index("single") <= 2


def test_who_gives_up_waiting_costs_nobody_a_turn() -> None:
    served: list[str] = []

    async def some_give_up() -> None:
        turns = Turns(places=2)
        crowd = [asyncio.create_task(turns.run("crowd", lambda: served.append("crowd"))) for _ in range(30)]
        await asyncio.sleep(0)
        for task in crowd[::2]:
            task.cancel()
        await asyncio.gather(*crowd, return_exceptions=True)
        for _ in range(3):
            await asyncio.wait_for(turns.run("later", lambda: served.append("later")), 60)

    asyncio.run(some_give_up())

    assert served.count("later") == 3
    assert served.count("crowd") >= 15


def test_work_that_fails_gives_its_place_back() -> None:
    async def fail_and_go_on() -> int:
        turns = Turns(places=1)
        for _ in range(3):
            try:
                await turns.run("a", lambda: 1 // 0)
            except ZeroDivisionError:
                continue
        return await asyncio.wait_for(turns.run("a", lambda: 7), 60)

    assert asyncio.run(fail_and_go_on()) == 7

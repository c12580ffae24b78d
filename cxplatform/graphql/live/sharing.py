"""Looks that several followers may share."""

import asyncio
from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import partial

import orjson

from cxplatform.graphql.live.bound import Bound
from cxplatform.graphql.live.looks import Look, look_again
from cxplatform.graphql.live.turns import Turns, in_thread
from cxplatform.graphql.requests import GraphQLRequest

_Seen = dict[Bound, Look]
# What is told to many wakes all of them, but not in the same moment.
TOGETHER_SECONDS = 0.02
# More are several crowds, each with a turn of its own: a brand's crowd keeps no thread for long.
AT_MOST = 100


@dataclass
class _Crowd:
    """Who waits for the same look, and how often; no look is made for whoever left."""

    askers: Counter[Bound] = field(default_factory=Counter)

    @property
    def present(self) -> list[Bound]:
        return list(+self.askers)


class SharedLooks:
    """Look once for all of a brand who ask for the same, while that has not begun.

    Each of them is authenticated by its own token when it begins. One that has begun is not joined, for it may have
    read before that was written which woke the asker.
    """

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self._gathering: dict[Hashable, tuple[_Crowd, asyncio.Task[_Seen]]] = {}

    async def again(self, request: GraphQLRequest, bound: Bound) -> Look:
        """Look again at what is followed."""
        question = _question(request)
        seen = await self._together((question, bound.held[1]), request, bound)
        if bound not in seen:
            # What is shown depends on who asks: only the same token is the same somebody.
            seen = await self._together((question, bound), request, bound)
        return seen[bound]

    async def _together(self, key: Hashable, request: GraphQLRequest, bound: Bound) -> _Seen:
        """Look with all who give the same key."""
        if key not in self._gathering:
            crowd = _Crowd()
            self._gathering[key] = crowd, asyncio.create_task(self._look(key, crowd, request, bound.queue))
        crowd, looking = self._gathering[key]
        crowd.askers[bound] += 1
        if len(crowd.askers) >= AT_MOST:
            self._close(key, crowd)
        try:
            return await asyncio.shield(looking)
        finally:
            crowd.askers[bound] -= 1
            if not crowd.present:
                looking.cancel()

    async def _look(self, key: Hashable, crowd: _Crowd, request: GraphQLRequest, queue: str) -> _Seen:
        try:
            await asyncio.sleep(TOGETHER_SECONDS)
            async with self._turns.turn(queue):
                self._close(key, crowd)
                return await in_thread(partial(look_again, request, crowd.present))
        finally:
            self._close(key, crowd)

    def _close(self, key: Hashable, crowd: _Crowd) -> None:
        """Let nobody join any more; whoever comes later begins another."""
        if key in self._gathering and self._gathering[key][0] is crowd:
            del self._gathering[key]


def _question(request: GraphQLRequest) -> Hashable:
    variables = orjson.dumps(request.variables, option=orjson.OPT_SORT_KEYS)
    return request.query, request.operation_name, variables

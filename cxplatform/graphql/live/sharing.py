"""Looks that several followers may share."""

import asyncio
from collections.abc import Hashable
from dataclasses import dataclass

import orjson

from cxplatform.graphql.live.looks import Bound, Look, look
from cxplatform.graphql.live.turns import Turns
from cxplatform.graphql.requests import GraphQLRequest


@dataclass
class _Shared:
    task: asyncio.Task[Look]
    askers: int = 0


class SharedLooks:
    """Look once for all who ask for the same, by the same credential for the same brand, while none has begun.

    Another key, even of the same member, looks for itself: nothing is ever shown by what somebody else may see. A look
    that has begun is not joined, for it may have read before that was written which woke the asker.
    """

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self._not_begun: dict[Hashable, _Shared] = {}

    async def again(self, request: GraphQLRequest, bound: Bound) -> Look:
        """Look again at what is followed."""
        key = _key(request, bound)
        shared = self._not_begun.get(key)
        if shared is None:
            task = asyncio.create_task(self._look(key, request, bound))
            shared = self._not_begun[key] = _Shared(task)
        shared.askers += 1
        try:
            return await asyncio.shield(shared.task)
        finally:
            shared.askers -= 1
            if not shared.askers:
                shared.task.cancel()

    async def _look(self, key: Hashable, request: GraphQLRequest, bound: Bound) -> Look:
        def begin() -> Look:
            # In the thread, before anything is read.
            self._not_begun.pop(key, None)
            return look(request, bound, again=True)

        try:
            return await self._turns.run(bound.queue, begin)
        finally:
            if self._not_begun.get(key) is not None and self._not_begun[key].task is asyncio.current_task():
                del self._not_begun[key]


def _key(request: GraphQLRequest, bound: Bound) -> Hashable:
    variables = orjson.dumps(request.variables, option=orjson.OPT_SORT_KEYS)
    return bound, request.query, request.operation_name, variables

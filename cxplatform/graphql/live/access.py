"""Who is connected is checked every two seconds, all at once, so that nobody stays whose access was taken away."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import cache, partial

from django.conf import settings
from django.db import Error
from django.utils.module_loading import import_string

from cxplatform.graphql.live.bound import Held
from cxplatform.graphql.live.turns import Turns

logger = logging.getLogger(__name__)
CHECK_SECONDS = 2.0

Check = Callable[[Collection[Held]], Collection[Held]]


@cache
def _check() -> Check:
    """Return the function CX_ACCESS_CHECK names: which of these are lost."""
    found: Check = import_string(settings.CX_ACCESS_CHECK)
    return found


class Access:
    """Wake whoever lost the access it connected with; it then authenticates, and is told why it may not stay."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self._watching: dict[Held, set[asyncio.Event]] = defaultdict(set)

    @contextmanager
    def watching(self, held: Held, event: asyncio.Event) -> Iterator[None]:
        """Have the event set when this access is lost."""
        self._watching[held].add(event)
        try:
            yield
        finally:
            self._watching[held].discard(event)
            if not self._watching[held]:
                del self._watching[held]

    async def run(self) -> None:
        """Check until cancelled, at the price of one look however many are connected."""
        while True:
            await asyncio.sleep(CHECK_SECONDS)
            if self._watching:
                await self._tell_losers()

    async def _tell_losers(self) -> None:
        try:
            lost = await self._turns.run("", partial(_check(), frozenset(self._watching)))
        except (Error, OSError) as error:
            logger.warning("access not checked: %s", type(error).__name__)
            return
        for held in lost:
            for event in self._watching.get(held, ()):
                event.set()

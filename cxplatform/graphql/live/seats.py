"""How many sockets and streams a process takes: of one address, one key, one brand, and in all."""

from collections import Counter
from collections.abc import Hashable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from django.conf import settings

from cxplatform.errors import DomainError
from cxplatform.graphql.live.bound import Bound


class Full(DomainError):
    """There is no seat now; the same may be taken later."""

    code = "RATE_LIMITED"


@dataclass(frozen=True)
class _Seat:
    whose: Hashable
    most: int
    refusal: str


class Seats:
    """Count who is there. Only this process is counted: each has its own."""

    def __init__(self) -> None:
        self._taken: Counter[Hashable] = Counter()

    def of_process(self) -> AbstractContextManager[None]:
        """Take a seat for whoever comes. Raises: Full."""
        return self._taking(_Seat("all", settings.CX_LIVE_SOCKETS, "Too many sockets; try again later."))

    def of_stranger(self, address: str) -> AbstractContextManager[None]:
        """Take a seat for whoever has not signed in yet. Raises: Full."""
        most = settings.CX_LIVE_STRANGERS_PER_ADDRESS
        return self._taking(_Seat(("address", address), most, "Too many sockets wait to sign in."))

    def of(self, bound: Bound) -> AbstractContextManager[None]:
        """Take a seat for whoever has signed in. Raises: Full."""
        key, brand = bound.held
        return self._taking(
            _Seat(("key", key), settings.CX_LIVE_SOCKETS_PER_KEY, "Too many sockets of this key."),
            _Seat(("brand", brand), settings.CX_LIVE_SOCKETS_PER_BRAND, "Too many sockets of this brand."),
        )

    @contextmanager
    def _taking(self, *seats: _Seat) -> Iterator[None]:
        for seat in seats:
            if self._taken[seat.whose] >= seat.most:
                raise Full(seat.refusal)
        self._taken.update(seat.whose for seat in seats)
        try:
            yield
        finally:
            self._taken.subtract(seat.whose for seat in seats)
            # What counts nothing is forgotten, or every address that ever came would be kept.
            self._taken = +self._taken

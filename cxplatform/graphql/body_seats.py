"""Who may hold threads of the web process with bodies still to come: every caller a few, all of them together some.

A read cannot be called off (cxplatform/imports/uploads.py says why), so a client that stalls keeps its thread until
it hangs up. It takes a seat for the read: with its caller's seats taken, a further body is refused unread, and threads
are left to everybody else whatever one caller does. That is the caller's own doing, and it is told to wait (429); that
others have taken all seats is not (503). A body that is already there holds its seat for microseconds.
"""

import time
from collections import defaultdict
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from threading import Condition

from cxplatform.errors import DomainError, Unavailable
from cxplatform.throttle.buckets import RateLimited

# Of a process's eight threads; uploads may hold three more (CX_IMPORT_UPLOADS_AT_ONCE), and one is always left.
SEATS = 4
SEATS_OF_A_CALLER = 2
# How long a body waits for a seat: long enough for those being read at this moment, which is nothing to a person.
_PATIENCE_SECONDS = 0.25


class TooManyBodies(Unavailable):
    """Callers together hold all seats, none more than its own."""

    retry_after_seconds = 1


class BodySeats:
    """The seats of one process."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._taken: dict[Hashable, int] = defaultdict(int)

    @contextmanager
    def seat(self, caller: Hashable) -> Iterator[None]:
        """Hold a seat as long as the block does. Raises: RateLimited, TooManyBodies."""
        with self._changed:
            deadline = time.monotonic() + _PATIENCE_SECONDS
            while not self._is_free_for(caller):
                if not self._changed.wait(deadline - time.monotonic()):
                    raise self._refusal_of(caller)
            self._taken[caller] += 1
        try:
            yield
        finally:
            with self._changed:
                self._taken[caller] -= 1
                if not self._taken[caller]:
                    del self._taken[caller]
                self._changed.notify_all()

    def _is_free_for(self, caller: Hashable) -> bool:
        return not self._has_its_own(caller) and sum(self._taken.values()) < SEATS

    def _has_its_own(self, caller: Hashable) -> bool:
        return self._taken.get(caller, 0) >= SEATS_OF_A_CALLER

    def _refusal_of(self, caller: Hashable) -> DomainError:
        if self._has_its_own(caller):
            message = "Too many of your requests are under way whose bodies have not come; send them whole."
            return RateLimited(message, retry_after_seconds=1)
        return TooManyBodies("Too many requests are under way whose bodies have not come; try again.")


_seats = BodySeats()
body_seat = _seats.seat

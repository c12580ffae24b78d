"""Before a request costs anything: strangers pay with their address, and who was told to wait is told so again.

Neither asks the database. Whoever floods with refused requests is answered from this process's memory.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import ceil
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest

from cxplatform.errors import Unauthenticated
from cxplatform.throttle.addresses import client_address
from cxplatform.throttle.buckets import RateLimited
from cxplatform.throttle.remembered import Remembered, digest
from cxplatform.throttle.sizes import bucket_of_address
from cxplatform.throttle.throttle import throttle

# How long a key that was good is taken for no stranger's; it is checked every time all the same.
_KNOWN_SECONDS = 600
_MOST_WAIT_SECONDS = 60

_known = Remembered()
_waiting = Remembered()
T = TypeVar("T")


class Entrance:
    """One request's way in, by what it sent: its credential and the brand it chose."""

    def __init__(self, address: str, *credential: str | None) -> None:
        self._address = address
        self._who = digest(credential[0] if credential else None)
        self._asking = digest(*credential)

    def authenticated(self, authenticate: Callable[[], T]) -> T:
        """Find out who asks. Raises: RateLimited; and whatever `authenticate` does."""
        if not settings.CX_THROTTLE:
            return authenticate()
        left = _waiting.left(self._asking)
        if left > 0:
            raise RateLimited(f"Wait {ceil(left)} s before you try again.", retry_after_seconds=ceil(left))
        if _known.left(self._who) > 0:
            return self._checked(authenticate)
        charge = throttle().charge([bucket_of_address(self._address)], 1)
        try:
            found = self._checked(authenticate)
        except Unauthenticated:
            raise
        except Exception:
            charge.refund(1)
            raise
        charge.refund(1)
        _known.keep(self._who, _KNOWN_SECONDS)
        return found

    def _checked(self, authenticate: Callable[[], T]) -> T:
        try:
            return authenticate()
        except Unauthenticated:
            _known.forget(self._who)
            raise

    @contextmanager
    def telling_to_wait(self) -> Iterator[None]:
        """Remember that whoever asked like this is told to wait: until then nothing it sends is looked at."""
        try:
            yield
        except RateLimited as error:
            _waiting.keep(self._asking, min(error.retry_after_seconds, _MOST_WAIT_SECONDS))
            raise


def entrance_of(request: HttpRequest) -> Entrance:
    """Return the entrance of a request to the web process."""
    address = client_address(request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_X_FORWARDED_FOR"))
    chosen = [request.META.get(name) for name in ("HTTP_AUTHORIZATION", "HTTP_X_BRAND", "HTTP_HOST")]
    return Entrance(address, *chosen)

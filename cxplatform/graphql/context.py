"""What every resolver is handed: who asks, for which brand, at what moment."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

import strawberry
from django.conf import settings
from graphql import GraphQLResolveInfo

from cxplatform.audit.actors import Actor
from cxplatform.errors import DomainError, Forbidden
from cxplatform.tenancy.brand import BrandRef


def rows_per_operation() -> int:
    """Return how many rows one operation may load, over all its connections.

    A row is a point of the cost, so this is reached only where a field is priced too low. Twice the limit, for a page
    reads one row more than it shows.
    """
    return 2 * int(settings.CX_MAX_COST)


class TooComplex(DomainError):
    code = "QUERY_TOO_COMPLEX"


class Rights(Protocol):
    """What somebody may do, and nothing that tells who it is: equal rights are told the same. Hashable."""

    @property
    def only_own_work(self) -> bool: ...

    def may(self, permission: str, /) -> bool: ...


class Viewer(Protocol):
    """What the kernel asks of whoever signed in; the accounts app has the real one."""

    @property
    def member_id(self) -> UUID: ...

    @property
    def key_id(self) -> UUID: ...

    @property
    def actor(self) -> Actor: ...

    @property
    def brands(self) -> tuple[BrandRef, ...]: ...

    @property
    def rights(self) -> Rights: ...

    @property
    def without_brand(self) -> DomainError: ...


@dataclass
class RequestContext:
    """One operation's surroundings; made anew for each operation, shared with none."""

    _viewer: Viewer
    brand: BrandRef | None
    now: datetime
    request_id: str
    rows_left: int = field(default_factory=rows_per_operation)
    # One more look at what was followed before.
    resumed: bool = False
    # Whether somebody asked who asks. Until then the answer is what anybody with the same rights in this brand is told.
    personal: bool = False
    # Set by a live field: what wakes it, whether it has said its last, what of the answer is worth a push, and when
    # the answer changes though nobody writes. Or what it is about, where that is told to each follower once.
    topics: set[str] = field(default_factory=set)
    finished: bool = False
    news: list[object] = field(default_factory=list)
    told_once: frozenset[object] | None = None
    again_at: datetime | None = None

    @property
    def viewer(self) -> Viewer:
        """Return who asks, which makes the answer theirs alone; what they may do is in `rights`."""
        self.personal = True
        return self._viewer

    @property
    def rights(self) -> Rights:
        """Return what may be done by whoever asks."""
        return self._viewer.rights

    def is_impersonal(self, work: Callable[[], object]) -> bool:
        """Do something, and tell whether that was without asking who asks."""
        before, self.personal = self.personal, False
        try:
            work()
            return not self.personal
        finally:
            self.personal = self.personal or before

    def require(self, permission: str | None) -> None:
        """Insist on a permission. Raises: Forbidden."""
        if permission is not None and not self.rights.may(permission):
            raise Forbidden("Your role does not allow this.")

    def need_brand(self) -> BrandRef:
        """Return the chosen brand. Raises: BrandRequired; Forbidden, when the only one is suspended."""
        if self.brand is None:
            raise self.viewer.without_brand
        return self.brand

    def spend_rows(self, count: int) -> None:
        """Take rows from the operation's allowance before they are read. Raises: TooComplex."""
        self.rows_left -= count
        if self.rows_left < 0:
            raise TooComplex(f"An operation may read at most {rows_per_operation():,} rows; ask for fewer.")

    @property
    def rows_read(self) -> int:
        return rows_per_operation() - self.rows_left

    def follow(self, topic: str, *, finished: bool = False) -> None:
        """Say, from a live field, when to look again, or that there is no need to."""
        self.topics.add(topic)
        self.finished = finished

    def look_again_at(self, moment: datetime | None) -> None:
        """Say, from a live field, when the clock alone will have changed what it shows; None: never."""
        if moment is not None:
            self.again_at = moment if self.again_at is None else min(self.again_at, moment)

    def push_when_changed(self, value: object) -> None:
        """Say what a look at a live field must find different to be pushed; unsaid, it is the answer's bytes."""
        self.news.append(value)

    def push_once(self, keys: Iterable[object]) -> None:
        """Say that a look is pushed when it is about something that no look of this follower was about before.

        What it is about may grow from look to look: it is new as long as none of its keys was seen. Without keys it is
        about nothing, and is not pushed.
        """
        self.told_once = frozenset(keys)


Info = strawberry.Info[RequestContext, None]
# The same for what strawberry does not wrap.
ResolveInfo = GraphQLResolveInfo[RequestContext]
AnyInfo = Info | ResolveInfo

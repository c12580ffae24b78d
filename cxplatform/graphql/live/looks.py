"""One look: authenticate, run the operation in its door, return the bytes. Runs in a worker thread."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from django.db import close_old_connections
from django.utils import timezone

from cxplatform.errors import NotFound, Unavailable
from cxplatform.graphql.answers import Answer, refusal_of
from cxplatform.graphql.authenticating import authenticator
from cxplatform.graphql.context import RequestContext, Viewer
from cxplatform.graphql.errors import DocumentRefused, FormattedError
from cxplatform.graphql.execution import answer
from cxplatform.graphql.requests import GraphQLRequest
from cxplatform.ids import uuid7
from cxplatform.tenancy.brand import BrandRef

# As many database connections as threads, however many sockets there are.
THREADS = 8
_threads = ThreadPoolExecutor(THREADS, thread_name_prefix="look")
T = TypeVar("T")


@dataclass(frozen=True)
class Credential:
    """What a socket or stream said when it opened; `brand_slug` is bound then and never changes."""

    authorization: str | None
    brand_slug: str | None
    host: str | None

    def authenticate(self) -> tuple[Viewer, BrandRef | None]:
        """Find who this is, now. Raises: Unauthenticated, NotFound, Forbidden."""
        found: tuple[Viewer, BrandRef | None] = authenticator()(
            self.authorization, brand_header=self.brand_slug, host=self.host
        )
        return found


@dataclass(frozen=True)
class Look:
    """What was seen: the answer's bytes, and when to look again. `refused`: nothing was seen, `errors` says why.

    A look is pushed when its `news` differ from those of the last one pushed.
    """

    body: bytes
    errors: list[FormattedError]
    refused: bool
    news: object = None
    topics: frozenset[str] = frozenset()
    finished: bool = True

    @property
    def unreachable(self) -> bool:
        """Whether the data could not be reached, which may pass."""
        return any(error["extensions"].get("code") == Unavailable.code for error in self.errors)


async def in_thread(work: Callable[[], T]) -> T:
    """Run in a worker thread, whose connection is the thread's and is held by no socket."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _with_fresh_connection, work)


def _with_fresh_connection(work: Callable[[], T]) -> T:
    close_old_connections()
    try:
        return work()
    finally:
        close_old_connections()


def bind(credential: Credential) -> Credential:
    """Authenticate for the first time and bind the brand. Raises: Unauthenticated, NotFound, Forbidden."""
    _, brand = credential.authenticate()
    return Credential(credential.authorization, brand.slug if brand else None, credential.host)


def look(request: GraphQLRequest, credential: Credential) -> Look:
    """Look once; never raises."""
    try:
        context = _context(credential)
        made = answer(request, context, live=True)
    except DocumentRefused as refusal:
        return _refusal(refusal.errors)
    except Exception as error:  # noqa: BLE001  # formatted() logs it under an incident id and shows no word of it
        return _refusal([error])
    # A live field that could not say what to follow was refused; a query never says it.
    refused = not made.executed or (made.live and not context.topics)
    finished = context.finished or not context.topics
    return Look(made.body, made.errors, refused, _news(made, context), frozenset(context.topics), finished)


def _news(made: Answer, context: RequestContext) -> object:
    """Return what is worth a push: what the live field named and which errors there are, else all that was answered."""
    if not context.news:
        return made.body
    return tuple(context.news), [(error.get("path"), error["extensions"].get("code")) for error in made.errors]


def _context(credential: Credential) -> RequestContext:
    """Authenticate anew; the brand stays the one that was bound. Raises: Unauthenticated, NotFound, Forbidden."""
    viewer, brand = credential.authenticate()
    if (brand.slug if brand else None) != credential.brand_slug:
        raise NotFound("No such brand.")
    return RequestContext(viewer, brand, timezone.now(), str(uuid7()))


def _refusal(errors: Sequence[Exception]) -> Look:
    made = refusal_of(errors)
    return Look(made.body, made.errors, refused=True)

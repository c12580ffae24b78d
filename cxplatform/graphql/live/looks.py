"""One look: authenticate, run the operation in its door, return the bytes. Runs in a worker thread."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

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

# A key, and the brand it was let into.
Held = tuple[UUID, UUID | None]


@dataclass(frozen=True)
class Credential:
    """What a socket or stream said when it opened."""

    authorization: str | None
    brand_slug: str | None
    host: str | None

    def authenticate(self) -> tuple[Viewer, BrandRef | None]:
        """Find who this is, now. Raises: Unauthenticated, NotFound, Forbidden."""
        found: tuple[Viewer, BrandRef | None] = authenticator()(
            self.authorization, brand_header=self.brand_slug, host=self.host
        )
        return found

    def bind(self) -> "Bound":
        """Authenticate for the first time and bind the brand. Raises: Unauthenticated, NotFound, Forbidden."""
        viewer, brand = self.authenticate()
        bound = replace(self, brand_slug=brand.slug if brand else None)
        return Bound(bound, (viewer.key_id, brand.id if brand else None))


@dataclass(frozen=True)
class Bound:
    """A credential that was let in, with the brand it named or was given: that never changes."""

    credential: Credential
    held: Held

    @property
    def queue(self) -> str:
        """Name the queue it stands in: its brand's."""
        return str(self.held[1])

    def authenticate(self) -> tuple[Viewer, BrandRef | None]:
        """Find who this is, anew; the brand stays. Raises: Unauthenticated, NotFound, Forbidden."""
        viewer, brand = self.credential.authenticate()
        if (brand.id if brand else None) != self.held[1]:
            raise NotFound("No such brand.")
        return viewer, brand


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


def look(request: GraphQLRequest, bound: Bound, *, again: bool = False) -> Look:
    """Look once, or `again` at what is followed; never raises."""
    try:
        viewer, brand = bound.authenticate()
        context = RequestContext(viewer, brand, timezone.now(), str(uuid7()), resumed=again)
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


def _refusal(errors: Sequence[Exception]) -> Look:
    made = refusal_of(errors)
    return Look(made.body, made.errors, refused=True)

"""One look: authenticate, run the operation in its door, return the bytes. Runs in a worker thread."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from cxplatform.errors import DomainError, Unavailable
from cxplatform.graphql.answers import Answer, refusal_of
from cxplatform.graphql.context import RequestContext, Rights, Viewer
from cxplatform.graphql.errors import DocumentRefused, FormattedError
from cxplatform.graphql.execution import answer
from cxplatform.graphql.live.bound import Bound, authenticate_each
from cxplatform.graphql.requests import GraphQLRequest
from cxplatform.ids import uuid7
from cxplatform.tenancy.brand import BrandRef


@dataclass(frozen=True)
class Look:
    """What was seen: the answer's bytes, and when to look again. `refused`: nothing was seen, `errors` says why.

    A look is pushed when its `news` differ from those of the last one pushed; with `told_once`, when it is about
    something that none before it was about.
    """

    body: bytes
    errors: list[FormattedError]
    refused: bool
    news: object = None
    topics: frozenset[str] = frozenset()
    finished: bool = True
    # When the clock alone will have changed what is seen.
    again_at: datetime | None = None
    told_once: frozenset[object] | None = None

    @property
    def unreachable(self) -> bool:
        """Whether the data could not be reached, which may pass."""
        return any(error["extensions"].get("code") == Unavailable.code for error in self.errors)


def look(request: GraphQLRequest, bound: Bound) -> Look:
    """Look for the first time; never raises."""
    try:
        viewer, brand = bound.authenticate()
    except Exception as error:  # noqa: BLE001  # formatted() logs it under an incident id and shows no word of it
        return _refusal([error])
    return _seen(request, _context(viewer, brand))


def look_again(request: GraphQLRequest, bounds: Sequence[Bound]) -> dict[Bound, Look]:
    """Look again at what several of one brand follow; never raises.

    Each is authenticated by its own token. Those who may do the same are shown what one of them was, unless anything
    asked meanwhile who that is: then the others are missing in what is returned, and have to look by themselves.
    """
    try:
        askers = authenticate_each(bounds)
    except Exception as error:  # noqa: BLE001  # as above
        return dict.fromkeys(bounds, _refusal([error]))
    seen: dict[Bound, Look] = {}
    alike: dict[tuple[Rights, BrandRef | None], list[tuple[Bound, Viewer]]] = defaultdict(list)
    for bound, asker in zip(bounds, askers, strict=True):
        if isinstance(asker, DomainError):
            seen[bound] = _refusal([asker])
        else:
            viewer, brand = asker
            alike[viewer.rights, brand].append((bound, viewer))
    for (_, brand), members in alike.items():
        context = _context(members[0][1], brand, again=True)
        made = _seen(request, context)
        seen |= {bound: made for bound, _ in (members[:1] if context.personal else members)}
    return seen


def _context(viewer: Viewer, brand: BrandRef | None, *, again: bool = False) -> RequestContext:
    return RequestContext(viewer, brand, timezone.now(), str(uuid7()), resumed=again)


def _seen(request: GraphQLRequest, context: RequestContext) -> Look:
    try:
        made = answer(request, context, live=True)
    except DocumentRefused as refusal:
        return _refusal(refusal.errors)
    except Exception as error:  # noqa: BLE001  # as above
        return _refusal([error])
    # A live field that could not say what to follow was refused; a query never says it.
    refused = not made.executed or (made.live and not context.topics)
    finished = context.finished or not context.topics
    topics, news = frozenset(context.topics), _news(made, context)
    return Look(made.body, made.errors, refused, news, topics, finished, context.again_at, context.told_once)


def _news(made: Answer, context: RequestContext) -> object:
    """Return what is worth a push: what the live field named and which errors there are, else all that was answered."""
    if not context.news:
        return made.body
    return tuple(context.news), [(error.get("path"), error["extensions"].get("code")) for error in made.errors]


def _refusal(errors: Sequence[Exception]) -> Look:
    made = refusal_of(errors)
    return Look(made.body, made.errors, refused=True)

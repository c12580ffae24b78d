"""The questions a calendar answers: whether and when it is open, and how much of a stretch of time is."""

from datetime import datetime, timedelta
from typing import Annotated, Any, Final

import strawberry
from strawberry import UNSET

from apps.interactions import models
from apps.interactions.calendars.timeline import HORIZON, Timeline
from apps.interactions.selectors import timelines, versions_of
from cxplatform.errors import BadInput
from cxplatform.graphql.context import Info
from cxplatform.graphql.nodes import read_within
from cxplatform.graphql.prices import Arguments, Price, priced
from cxplatform.graphql.siblings import siblings_of

_Row = strawberry.Parent[models.Calendar]
_LONGEST_DAYS: Final = 366.0
# Working out a day's open spans takes about 0.05 ms.
_POINTS_A_DAY: Final = 0.5


def _timeline(row: models.Calendar, info: Info) -> Timeline:
    """Read a row's versions, and with them those of all its siblings."""

    def fetch(members: Any) -> dict[Any, Timeline]:
        return timelines(read_within(versions_of(member.pk for member in members), info.context))

    found: dict[Any, Timeline] = siblings_of(row).load("timeline", fetch)
    return found[row.pk]


def _is_open(
    root: _Row,
    info: Info,
    at: Annotated[datetime | None, strawberry.argument(description="The instant; now when left out.")] = UNSET,
) -> bool:
    return _timeline(root, info).is_open(at or info.context.now)


def _next_opening(
    root: _Row,
    info: Info,
    after: Annotated[datetime | None, strawberry.argument(description="From when on; now when left out.")] = UNSET,
) -> datetime | None:
    return _timeline(root, info).next_opening(after or info.context.now)


def _open_seconds(
    root: _Row,
    info: Info,
    from_: Annotated[datetime, strawberry.argument(name="from", description="From when on.")],
    to: Annotated[datetime, strawberry.argument(description="Until just before when; at most 366 days later.")],
) -> float | None:
    if to < from_:
        raise BadInput("Time is counted forward.", field="to")
    if to - from_ > timedelta(days=_LONGEST_DAYS):
        raise BadInput("At most 366 days are counted at once.", field="to")
    return _timeline(root, info).elapsed(from_, to).total_seconds()


def _deadline(
    root: _Row,
    info: Info,
    from_: Annotated[datetime, strawberry.argument(name="from", description="From when on it is counted.")],
    seconds: Annotated[float, strawberry.argument(description="How much open time there is.")],
) -> datetime | None:
    if not 0 <= seconds <= HORIZON.total_seconds():
        raise BadInput("There are 0 to 31,622,400 seconds (366 days).", field="seconds")
    return _timeline(root, info).deadline(from_, timedelta(seconds=seconds))


def _price_of_span(arguments: Arguments) -> float:
    return 1 + _POINTS_A_DAY * min(_days(arguments), _LONGEST_DAYS)


def _days(arguments: Arguments) -> float:
    try:
        start, end = (datetime.fromisoformat(arguments[name]) for name in ("from", "to"))
        return max((end - start).total_seconds(), 0) / 86_400
    except (KeyError, TypeError, ValueError):
        # What makes no sense is refused later.
        return _LONGEST_DAYS


def _price_of_deadline(arguments: Arguments) -> float:
    seconds = arguments.get("seconds")
    if not isinstance(seconds, int | float):
        return 1 + _POINTS_A_DAY * _LONGEST_DAYS
    # Bounded before it is reckoned with: an integer may be too large for that.
    days = min(max(seconds, 0), HORIZON.total_seconds()) / 86_400
    # As if a third of all time were open; at least a fortnight, for holidays.
    return 1 + _POINTS_A_DAY * min(14 + 3 * days, _LONGEST_DAYS)


IS_OPEN: Final[Any] = strawberry.field(
    resolver=_is_open, metadata=priced(Price(1)), description="Whether it is open: when it closes it is not."
)
NEXT_OPENING: Final[Any] = strawberry.field(
    resolver=_next_opening,
    metadata=priced(Price(1 + 14 * _POINTS_A_DAY)),
    description="The first open instant from then on, which may be then; null when it is more than 366 days away.",
)
OPEN_SECONDS: Final[Any] = strawberry.field(
    resolver=_open_seconds, metadata=priced(Price(_price_of_span)), description="How much of a stretch of time is open."
)
DEADLINE: Final[Any] = strawberry.field(
    resolver=_deadline,
    metadata=priced(Price(_price_of_deadline)),
    description="The last instant by which no more than so much open time has passed: what is used up when the brand "
    "closes lasts until it opens again. Null when that is more than 366 days away.",
)

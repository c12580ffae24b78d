"""Whole blocks of answers: what somebody is told by segment who may see numbers and no single answer. ADR 24.

The answers to a survey are cut, from its first one on, into blocks of whole local days: a block ends with the day by
which five different customers have answered in it. In every block, segments of fewer than five customers are hidden,
and with them as many of the next smallest as it takes that all hidden ones are five customers together. Whatever is
told by segment is a sum of segments in whole blocks, none of which is hidden there. So it tells of five customers or
more, and so does what is left of a total that is told to everybody.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

from apps.metrics.asking import Ask, Key
from apps.metrics.clock import WEEK_HOURS
from apps.metrics.definitions.facts.survey_response import SURVEY_RESPONSE
from apps.metrics.definitions.vocabulary import DimensionKey
from apps.metrics.questions import Question
from apps.metrics.windows import day_of, is_day_start
from cxplatform.tenancy.doors import current_brand, read

# What may be asked of beside a segment: blocks are made for each survey, and for no other cut.
_CUTS = {DimensionKey.SEGMENT, DimensionKey.SURVEY}
# Who answered on a day, unless these are enough by themselves; an answer of somebody unknown counts as one customer.
_DAYS = """
    SELECT f.survey_id::text, s.key, (f.answered_at AT TIME ZONE %(zone)s)::date AS day, coalesce(c.segment, ''),
           count(*) FILTER (WHERE f.customer_id IS NULL), count(DISTINCT f.customer_id),
           CASE WHEN count(DISTINCT f.customer_id) < %(least)s
                THEN array_agg(DISTINCT f.customer_id) FILTER (WHERE f.customer_id IS NOT NULL) END
    FROM surveys_surveyresponse f JOIN surveys_survey s ON s.id = f.survey_id
         LEFT JOIN customers_customer c ON c.id = f.customer_id
    WHERE f.kind = %(kind)s AND s.scope = %(scope)s
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 3
"""


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many unknown customers answered, how many known ones at the least, and which, where they are few."""

    unknown: int = 0
    known: int = 0
    which: frozenset[UUID] = frozenset()

    @property
    def size(self) -> int:
        """Return how many customers they are; past the minimum it may be too few, never too many."""
        return self.unknown + max(self.known, len(self.which))

    def __or__(self, other: "Crowd") -> "Crowd":
        return Crowd(self.unknown + other.unknown, max(self.known, other.known), self.which | other.which)


# Who answered on each day, in order, by segment.
Days = Mapping[date, Mapping[str, Crowd]]


@dataclass(frozen=True, slots=True)
class Block:
    """The first and the last day with answers, for ever where it is not full yet, and the segments hidden in it."""

    first: date
    last: date = date.max
    hidden: frozenset[str] = frozenset()


def blocks_of(days: Days, least: int, today: date) -> list[Block]:
    """Cut days into blocks. A day that is not over ends none. Pure."""
    found: list[Block] = []
    first: date | None = None
    crowds: dict[str, Crowd] = {}
    for day, told in days.items():
        first = first or day
        for segment, crowd in told.items():
            crowds[segment] = crowds.get(segment, Crowd()) | crowd
        sizes = {segment: crowd.size for segment, crowd in crowds.items()}
        if day < today and sum(sizes.values()) >= least:
            found.append(Block(first, day, hidden_of(sizes, least)))
            first, crowds = None, {}
    return found if first is None else [*found, Block(first)]


def hidden_of(sizes: Mapping[str, int], least: int) -> frozenset[str]:
    """Return the segments to hide: all that are too small, and the next smallest until together they are not. Pure."""
    hidden: set[str] = set()
    total = 0
    for size, segment in sorted((size, segment) for segment, size in sizes.items()):
        if size >= least and (not hidden or total >= least):
            break
        hidden.add(segment)
        total += size
    return frozenset(hidden)


def hidden_between(blocks: Sequence[Block], start: date, end: date) -> frozenset[str] | None:
    """Return the segments that any block between two days hides, the second not in it; None if one is there in part.

    Pure.
    """
    since = bisect_left(blocks, start, key=lambda block: block.last)
    among = blocks[since : bisect_left(blocks, end, key=lambda block: block.first)]
    if among and (among[0].first < start or among[-1].last >= end):
        return None
    return frozenset().union(*(block.hidden for block in among))


def broken(asked: Question, ask: Ask) -> set[Key]:
    """Return which buckets and groups of `ask`, which is by segment, must be hidden; one SELECT at most.

    Where a group is, so is all the rest together.
    """
    groups: tuple[str | None, ...] = ("",) if ask.by is None else (*(ask.apart or ()), None)
    buckets = WEEK_HOURS if ask.clock is not None else len(ask.cuts) + 1
    if ask.clock is not None or not ask.dimensions <= _CUTS:
        return {(bucket, group) for bucket in range(buckets) for group in groups}
    zone, at, where = current_brand().zone, asked.in_blocks, dict(ask.where)
    assert at is not None
    surveys = _surveys(asked, zone, day_of(at, zone), where.get(DimensionKey.SURVEY))
    dark: set[Key] = set()
    for bucket, between in enumerate(pairwise((ask.start, *ask.cuts, ask.end))):
        hidden = _hidden(surveys, *between, zone)
        dark |= {(bucket, group) for group in groups if _gives_away(hidden, ask, group)}
    return dark if ask.by is None else dark | {(bucket, None) for bucket, _ in dark}


# What is hidden of every survey, by its id; None where it has a block in part.
_Hidden = Mapping[str, frozenset[str] | None]


def _hidden(surveys: Mapping[str, Sequence[Block]], start: datetime, end: datetime, zone: ZoneInfo) -> _Hidden | None:
    """Return what is hidden between two instants, None where these are not whole days."""
    if not (is_day_start(start, zone) and is_day_start(end, zone)):
        return None
    days = day_of(start, zone), day_of(end, zone)
    return {survey: hidden_between(blocks, *days) for survey, blocks in surveys.items()}


def _gives_away(hidden: _Hidden | None, ask: Ask, group: str | None) -> bool:
    """Tell whether a group's number rests on what is hidden."""
    if hidden is None:
        return True
    picked, apart = dict(ask.where).get(DimensionKey.SEGMENT), set(ask.apart or ())

    def is_in(dimension: DimensionKey, name: str) -> bool:
        return ask.by is not dimension or (name if name in apart else None) == group

    return any(
        segments is None
        or any((picked is None or each in picked) and is_in(DimensionKey.SEGMENT, each) for each in segments)
        for survey, segments in hidden.items()
        if is_in(DimensionKey.SURVEY, survey)
    )


def _surveys(asked: Question, zone: ZoneInfo, today: date, only: Iterable[str] | None) -> dict[str, list[Block]]:
    """Return the blocks of every survey whose answers a question counts, by the survey's id."""
    metric, least = asked.metric, SURVEY_RESPONSE.minimum_private
    values = {
        "zone": zone.key, "least": least,
        "kind": "FCR" if metric.key == "FCR_SURVEY" else metric.key, "scope": asked.variant.key,
    }  # fmt: skip
    days: dict[str, dict[date, dict[str, Crowd]]] = {}
    for survey, key, day, segment, unknown, known, which in read(_DAYS, values):
        if only is None or key in only:
            crowds = days.setdefault(survey, {}).setdefault(day, {})
            crowds[segment] = Crowd(unknown, known, frozenset(which or ()))
    return {survey: blocks_of(told, least, today) for survey, told in days.items()}

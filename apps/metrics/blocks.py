"""Whole blocks of answers: what somebody is told who may see numbers and no single answer. ADR 24.

The answers to a survey are cut, from its first one on, into blocks of whole local days: a block ends with the day by
which five different customers have answered in it. Whatever is told to somebody rests on whole blocks, so no two
numbers, and no sums and differences of however many, tell of fewer customers than one block has.
"""

from collections.abc import Iterable, Sequence
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

# The one dimension by which answers are cut into blocks.
_CUT = DimensionKey.SURVEY
# Who answered on a day, unless these are enough by themselves; an answer of somebody unknown counts as one customer.
_DAYS = """
    SELECT f.survey_id, s.key, (f.answered_at AT TIME ZONE %(zone)s)::date AS day,
           count(*) FILTER (WHERE f.customer_id IS NULL), count(DISTINCT f.customer_id),
           CASE WHEN count(DISTINCT f.customer_id) < %(least)s
                THEN array_agg(DISTINCT f.customer_id) FILTER (WHERE f.customer_id IS NOT NULL) END
    FROM surveys_surveyresponse f JOIN surveys_survey s ON s.id = f.survey_id
    WHERE f.kind = %(kind)s AND s.scope = %(scope)s
    GROUP BY 1, 2, 3 ORDER BY 1, 3
"""


@dataclass(frozen=True, slots=True)
class Day:
    """How many unknown customers answered on a day, how many known ones, and which, where they are few."""

    day: date
    unknown: int
    known: int
    which: frozenset[UUID] = frozenset()


# The first and the last day with answers of a block; the last one is None where the block is not full yet.
Block = tuple[date, date | None]


def blocks_of(days: Iterable[Day], least: int, today: date) -> list[Block]:
    """Cut days, which are in order, into blocks. A day that is not over ends none. Pure."""
    found: list[Block] = []
    first: date | None = None
    unknown, which = 0, set[UUID]()
    for day in days:
        first = first or day.day
        unknown += day.unknown
        which |= day.which
        if day.day < today and max(len(which), day.known) + unknown >= least:
            found.append((first, day.day))
            first, unknown, which = None, 0, set()
    return found if first is None else [*found, (first, None)]


def whole(blocks: Iterable[Block], start: date, end: date) -> bool:
    """Tell whether no block lies in part between two days, the second of which is not in it. Pure."""
    return all(
        (first >= end) if last is None else (last < start or first >= end or (start <= first and last < end))
        for first, last in blocks
        if last is not None or first < end
    )


def broken(asked: Question, ask: Ask) -> set[Key]:
    """Return which buckets and groups of `ask` rest on blocks in part, or on other cuts than by survey; one SELECT."""
    groups: tuple[str | None, ...] = ("",) if ask.by is None else (*(ask.apart or ()), None)
    buckets = WEEK_HOURS if ask.clock is not None else len(ask.cuts) + 1
    everything = {(bucket, group) for bucket in range(buckets) for group in groups}
    if ask.clock is not None or not ask.dimensions <= {_CUT}:
        return everything
    zone, at = current_brand().zone, asked.in_blocks
    assert at is not None
    surveys = _surveys(asked, zone, day_of(at, zone), dict(ask.where).get(_CUT))
    edges = (ask.start, *ask.cuts, ask.end)
    days = [_days(*between, zone) for between in pairwise(edges)]
    blocks = {group: _of_group(surveys, ask, group) for group in groups}
    return {(bucket, group) for bucket, group in everything if not _is_whole(blocks[group], days[bucket])}


def _days(start: datetime, end: datetime, zone: ZoneInfo) -> tuple[date, date] | None:
    """Return the days between two instants, without the last; None where they are not whole."""
    if not (is_day_start(start, zone) and is_day_start(end, zone)):
        return None
    return day_of(start, zone), day_of(end, zone)


def _is_whole(surveys: Iterable[list[Block]], days: tuple[date, date] | None) -> bool:
    return days is not None and all(whole(blocks, *days) for blocks in surveys)


def _of_group(surveys: dict[str, list[Block]], ask: Ask, group: str | None) -> list[list[Block]]:
    apart = set(ask.apart or ())
    return [blocks for key, blocks in surveys.items() if ask.by is None or _group(key, apart) == group]


def _group(survey: str, apart: set[str]) -> str | None:
    return survey if survey in apart else None


def _surveys(asked: Question, zone: ZoneInfo, today: date, only: Sequence[str] | None) -> dict[str, list[Block]]:
    """Return the blocks of every survey whose answers a question counts, by the survey's id."""
    metric = asked.metric
    values = {
        "zone": zone.key, "least": SURVEY_RESPONSE.minimum_private,
        "kind": "FCR" if metric.key == "FCR_SURVEY" else metric.key, "scope": asked.variant.key,
    }  # fmt: skip
    days: dict[str, list[Day]] = {}
    for survey, key, day, unknown, known, which in read(_DAYS, values):
        if only is None or key in only:
            days.setdefault(str(survey), []).append(Day(day, unknown, known, frozenset(which or ())))
    least = SURVEY_RESPONSE.minimum_private
    return {survey: blocks_of(told, least, today) for survey, told in days.items()}

"""Calendars and instants drawn at random: the zones' odd nights are in the years they are drawn from."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import strategies as st

from apps.interactions.calendars.timeline import EARLIEST
from apps.interactions.calendars.written import Opening, SpecialDay, WeekdayOpening, Written
from tests.interactions.calendars.plain import Versions

ZONES = (
    "UTC", "America/New_York", "Europe/London", "Asia/Kolkata", "Australia/Lord_Howe", "America/Sao_Paulo",
)  # fmt: skip
ALWAYS = tuple(WeekdayOpening("00:00", "24:00", weekday) for weekday in range(1, 8))
_DAY = 24 * 60
_WEEK = 7 * _DAY
_FIRST, _LAST = datetime(2017, 12, 1), datetime(2019, 2, 1)


def instants() -> st.SearchStrategy[datetime]:
    """Draw instants of a year in which all the zones but two set their clocks twice."""
    whole = st.datetimes(_FIRST, _LAST, timezones=st.just(UTC))
    return st.one_of(
        whole, whole.map(lambda moment: moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0))
    )


def amounts() -> st.SearchStrategy[timedelta]:
    return st.timedeltas(timedelta(), timedelta(days=10))


@st.composite
def versions(draw: st.DrawFn) -> Versions:
    """Draw a calendar that was revised up to twice."""
    since = sorted(draw(st.sets(instants(), max_size=2)))
    return [(moment, draw(writings())) for moment in (EARLIEST, *since)]


@st.composite
def writings(draw: st.DrawFn) -> Written:
    """Draw what one version says."""
    days = draw(st.sets(st.dates(date(2018, 1, 1), date(2018, 12, 31)), max_size=3))
    return Written(
        time_zone=draw(st.sampled_from(ZONES)),
        hours=draw(_weeks()),
        holidays=draw(st.sampled_from([(), ("US",), ("GB-SCT", "BR-SP")])),
        special_days=[SpecialDay(day, draw(_days())) for day in sorted(days)],
    )


@st.composite
def _weeks(draw: st.DrawFn) -> list[WeekdayOpening]:
    """Cut the week at quarters of hours and open every second piece of it, of less than a day each."""
    cuts = sorted(draw(st.sets(st.integers(0, _WEEK // 15 - 1), min_size=2, max_size=24)))
    edges = [15 * cut for cut in cuts] + [15 * cuts[0] + _WEEK]
    pieces = [(opens, min(closes, opens + _DAY - 15)) for opens, closes in list(pairwise(edges))[::2]]
    return [WeekdayOpening(_text(opens), _text(closes), opens // _DAY + 1) for opens, closes in pieces]


@st.composite
def _days(draw: st.DrawFn) -> list[Opening]:
    cuts = sorted(draw(st.sets(st.integers(0, _DAY // 15 - 1), max_size=4)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return [Opening(_text(15 * opens), _text(15 * closes)) for opens, closes in pairs]


def _text(minutes: int) -> str:
    hours, minutes = divmod(minutes % _DAY, 60)
    return f"{hours:02}:{minutes:02}"

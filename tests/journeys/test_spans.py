"""Where touchpoints stood when, laid out of what journeys say: compared with asking every instant by itself."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from apps.journeys.spans import Standing, laid_out

_BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
_LAST = 12
_moments = st.integers(0, _LAST)


def day(number: int) -> datetime:
    return _BEGIN + timedelta(days=number)


@st.composite
def standings(draw: st.DrawFn) -> list[Standing]:
    """Draw what a few journeys say, none of them two things at once; some never held."""
    found = []
    for journey in "abc":
        cuts = sorted(draw(st.sets(_moments, max_size=5)))
        for place, since in enumerate(cuts):
            until = cuts[place + 1] if place + 1 < len(cuts) else draw(st.one_of(st.none(), st.integers(since, _LAST)))
            if draw(st.booleans()):
                end = None if until is None else day(until)
                found.append(Standing(day(since), end, journey, f"{journey}{place}"))
    return found


def holds(each: Standing, at: datetime) -> bool:
    return each.since <= at and (each.until is None or at < each.until)


@given(standings())
def test_at_any_instant_a_touchpoint_stands_where_the_first_journey_by_key_puts_it(said: list[Standing]) -> None:
    spans = list(laid_out(said))

    for at in (day(number) for number in range(-1, _LAST + 2)):
        expected = [each.what for each in sorted(said, key=lambda each: each.rank) if holds(each, at)][:1]
        assert [span.what for span in spans if holds(span, at)] == expected


@given(standings())
def test_spans_follow_each_other_and_are_no_more_than_needed(said: list[Standing]) -> None:
    spans = list(laid_out(said))

    for before, after in pairwise(spans):
        assert before.until is not None
        assert before.until <= after.since
        assert (before.until, before.what) != (after.since, after.what)

"""The rules of stages, each by an example; and against a plain model, in any order."""

from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID
from zlib import crc32

from hypothesis import given
from hypothesis import strategies as st

from apps.journeys.stages.moments import Map, Moment, MomentKind, Place
from apps.journeys.stages.walking import Visit, visits_of
from tests.journeys.stages.plain import Row, rows_of

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
STAGES = ("look", "buy", "get", "help")
EVENT, CONTACT, ANSWER = MomentKind


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def at(touchpoint: int, days: float, kind: MomentKind = EVENT, number: int = 1) -> Moment:
    return Moment(day(days), UUID(int=touchpoint), kind, ("import", f"e{number}"), UUID(int=1_000 + number))


def drawn(since: float, until: float | None, *stages: str, places: dict[int, str] | None = None) -> Map:
    """Draw a version with these stages; touchpoint 1 lies in the first, 2 in the second, unless `places` says."""
    positions = {key: place for place, key in enumerate(stages)}
    lying = places if places is not None else dict(enumerate(stages, 1))
    put = {UUID(int=number): Place(UUID(int=crc32(key.encode())), key, positions[key]) for number, key in lying.items()}
    return Map(day(since), None if until is None else day(until), positions, put)


MAP = drawn(0, None, *STAGES)


def told(visits: list[Visit]) -> list[tuple[str, float, float | None]]:
    """Tell visits: the stage, and after how many days it was entered and left."""

    def days(moment: datetime | None) -> float | None:
        return None if moment is None else (moment - START) / timedelta(days=1)

    return [(each.stage_key, days(each.entered_at) or 0.0, days(each.left_at)) for each in visits]


def rows(visits: list[Visit]) -> list[Row]:
    return [
        (
            each.stage_key, each.entered_at, each.entered_by.id, each.left_at, each.left, each.came, each.skipped,
            each.again, each.moments, each.last_moment_at,
        )
        for each in visits
    ]  # fmt: skip


def test_each_stage_is_left_when_the_next_is_entered_and_the_last_goes_on() -> None:
    visits = visits_of([at(1, 1), at(1, 2), at(2, 3)], [MAP])

    assert told(visits) == [("look", 1, 3), ("buy", 3, None)]
    assert [(each.moments, each.last_moment_at) for each in visits] == [(2, day(2)), (1, day(3))]


def test_stages_between_are_skipped_not_visited() -> None:
    visits = visits_of([at(1, 1), at(4, 2)], [MAP])

    assert told(visits) == [("look", 1, 2), ("help", 2, None)]
    assert [(each.came, each.skipped) for each in visits] == [("BEGAN", 0), ("FORWARD", 2)]


def test_who_goes_back_visits_the_stage_again() -> None:
    visits = visits_of([at(2, 1), at(4, 2), at(2, 3)], [MAP])

    assert [(each.stage_key, each.came, each.again) for each in visits] == [
        ("buy", "BEGAN", 0), ("help", "FORWARD", 0), ("buy", "BACK", 1),
    ]  # fmt: skip


def test_what_lies_in_no_stage_or_before_the_journey_is_passed_over() -> None:
    assert visits_of([at(9, 1), at(1, -1)], [MAP]) == []


def test_within_an_instant_nobody_goes_back() -> None:
    assert [each.stage_key for each in visits_of([at(3, 1), at(1, 1)], [MAP])] == ["look", "get"]


def test_an_answer_speaks_of_what_was() -> None:
    bought_then_helped = [at(2, 1), at(4, 2)]

    about_old = visits_of([*bought_then_helped, at(2, 3, ANSWER)], [MAP])
    about_this = visits_of([*bought_then_helped, at(4, 3, ANSWER)], [MAP])
    about_new = visits_of([*bought_then_helped, at(3, 3, ANSWER)], [MAP])

    assert [each.stage_key for each in about_old] == ["buy", "help"]
    assert about_this[-1].moments == 2
    assert [each.stage_key for each in about_new] == ["buy", "help", "get"]


def test_a_new_version_moves_nobody_whose_stage_it_has() -> None:
    maps = [drawn(0, 5, "look", "buy"), drawn(5, None, "see", "look", "buy", "help")]

    visits = visits_of([at(1, 1), at(4, 6)], maps)

    assert told(visits) == [("look", 1, 6), ("help", 6, None)]
    # By the version in force when it was entered: buying lies between now.
    assert (visits[1].came, visits[1].skipped) == ("FORWARD", 1)


def test_a_stage_that_is_no_more_is_left_when_the_version_without_it_begins() -> None:
    maps = [drawn(0, 5, "look", "buy"), drawn(5, None, "buy", "help", places={2: "buy"})]

    visits = visits_of([at(1, 1), at(2, 9)], maps)

    assert told(visits) == [("look", 1, 5), ("buy", 9, None)]
    assert (visits[0].left, visits[1].came) == ("STAGE_ENDED", "BEGAN")


def test_a_journey_without_a_version_in_force_has_nobody_in_it() -> None:
    assert told(visits_of([at(1, 1), at(1, 7)], [drawn(0, 5, "look"), drawn(6, None, "look")])) == [
        ("look", 1, 5), ("look", 7, None),
    ]  # fmt: skip
    assert told(visits_of([at(1, 1)], [drawn(0, 5, "look")])) == [("look", 1, 5)]


MOMENTS = st.lists(
    st.tuples(st.integers(1, 6), st.integers(0, 12), st.sampled_from([*MomentKind, EVENT, EVENT])), max_size=14
)
TURNS = st.lists(st.integers(-1, 12), min_size=1, max_size=4, unique=True).map(sorted)


@st.composite
def journeys(draw: st.DrawFn) -> list[Map]:
    """Versions that follow one another, now and then with a gap, each with some stages in some order."""
    turns, maps = draw(TURNS), []
    for since, after in zip(turns, [*turns[1:], None], strict=True):
        stages = draw(st.lists(st.sampled_from(STAGES), min_size=1, unique=True))
        until = after if after is None or draw(st.booleans()) else since + (after - since) / 2
        places = {number: draw(st.sampled_from(stages)) for number in draw(st.sets(st.integers(1, 6)))}
        maps.append(drawn(since, until, *stages, places=places))
    return maps


@given(drawn_moments=MOMENTS, maps=journeys(), seed=st.integers(0, 2**16))
def test_any_order_gives_what_the_plain_model_gives(
    drawn_moments: list[tuple[int, int, MomentKind]], maps: list[Map], seed: int
) -> None:
    moments = [at(touchpoint, days, kind, number) for number, (touchpoint, days, kind) in enumerate(drawn_moments)]

    expected = rows_of(moments, maps)

    assert rows(visits_of(moments, maps)) == expected
    shuffled = Random(seed).sample(moments, len(moments))
    assert rows(visits_of(shuffled, maps)) == expected

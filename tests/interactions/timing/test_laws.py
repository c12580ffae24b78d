"""What holds of any stream of events."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from apps.interactions.timing.columns import Columns, derive
from apps.interactions.timing.events import Event
from apps.interactions.timing.folding import fold
from tests.interactions.timing.drawn import OPENED, at, events

ROW = Columns(priority="NORMAL", transfers=0, handled_by="HUMAN", first_response_at=at(1), resolved_at=at(5))


@given(events(), st.data())
def test_the_order_and_number_of_tellings_change_nothing(told: list[Event], data: st.DataObject) -> None:
    twice = data.draw(st.lists(st.sampled_from(told), max_size=5)) if told else []
    again = data.draw(st.permutations([*told, *twice]))

    assert fold(again, opened_at=OPENED) == fold(told, opened_at=OPENED)
    assert derive(ROW, again, opened_at=OPENED) == derive(ROW, told, opened_at=OPENED)


@given(events())
def test_no_time_is_counted_that_did_not_pass(told: list[Event]) -> None:
    timing, standing = fold(told, opened_at=OPENED)

    last = max([OPENED, *(event.at for event in told)])
    passed = (last - OPENED) / timedelta(seconds=1)
    talk, hold, wait = timing.talk_seconds or 0, timing.hold_seconds or 0, timing.wait_seconds or 0
    assert 0 <= talk + hold <= passed
    assert 0 <= wait <= passed
    assert (timing.after_call_seconds or 0) >= 0
    assert OPENED <= standing.since <= last


@given(events())
def test_what_is_told_agrees_with_itself(told: list[Event]) -> None:
    timing, _ = fold(told, opened_at=OPENED)

    assert not (timing.answered and timing.abandoned)
    assert timing.handled or (timing.talk_seconds, timing.blind_transfers, timing.consult_transfers) == (None, 0, 0)
    assert (timing.talk_seconds is None) == (timing.hold_seconds is None)
    assert (timing.first_human_response_at is None) == (timing.human_replies == 0)
    instants = (timing.first_response_at, timing.first_resolved_at, timing.resolved_at, timing.closed_at)
    assert all(moment is None or moment >= OPENED for moment in (*instants, *timing.reopened_at))
    assert len(timing.reopened_at) <= sum(event.kind == "REOPENED" for event in told)
    assert list(timing.reopened_at) == sorted(timing.reopened_at)


@given(events(), st.integers(-3, 3))
def test_shifting_a_contact_shifts_its_instants_and_no_duration(told: list[Event], days: int) -> None:
    shift = timedelta(days=days)

    timing, _ = fold(told, opened_at=OPENED)
    shifted, _ = fold([replace(event, at=event.at + shift) for event in told], opened_at=OPENED + shift)

    names = ("wait_seconds", "talk_seconds", "hold_seconds", "after_call_seconds", "blind_transfers", "resolved")
    assert [getattr(shifted, name) for name in names] == [getattr(timing, name) for name in names]
    assert shifted.resolved_at == (timing.resolved_at and timing.resolved_at + shift)


@given(events())
def test_without_events_a_row_stands_as_it_is(told: list[Event]) -> None:
    columns, _ = derive(ROW, [], opened_at=OPENED)

    assert columns == ROW

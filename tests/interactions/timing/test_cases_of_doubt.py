"""Streams that contradict themselves: each has a rule."""

import pytest

from tests.interactions.timing.drawn import ANA, BEN, at, handle, standing, state, timing

TALK = ((0, "ANSWERED", {"agent": ANA}),)
OVER = (60, "ENDED")


def test_answered_twice_is_answered_once() -> None:
    twice = timing(*TALK, (20, "ANSWERED", {"agent": ANA}), OVER)

    assert (twice.wait_seconds, *handle(twice)) == (0, 60, 0, None)


def test_answered_by_another_while_somebody_talks_is_no_transfer_but_says_who_has_it() -> None:
    its = timing(*TALK, (20, "ANSWERED", {"agent": BEN}), OVER)

    assert (its.agent, its.blind_transfers + its.consult_transfers, its.talk_seconds) == (BEN, 0, 60)


@pytest.mark.parametrize(
    "extra",
    [
        pytest.param(((10, "RESUMED"),), id="resumed without a hold"),
        pytest.param(((-30, "HELD"),), id="held while nobody talked"),
        pytest.param(((70, "HELD"), (80, "RESUMED")), id="held after the end"),
        pytest.param(((70, "ENDED"),), id="ended twice"),
        pytest.param(((30, "RINGING", {"agent": BEN}),), id="ringing while somebody talks"),
        pytest.param(((30, "ENDED", {"agent": BEN}),), id="ended by somebody who did not have it"),
        pytest.param(((30, "WRAPPED_UP", {"agent": BEN}),), id="wrapped up by somebody who did not have it"),
        pytest.param(((30, "ABANDONED"),), id="abandoned while talking"),
        pytest.param(((30, "REOPENED"),), id="reopened while open"),
    ],
)
def test_what_cannot_be_counts_for_nothing(extra: tuple[tuple[object, ...], ...]) -> None:
    assert timing(*TALK, OVER, *extra) == timing(*TALK, OVER)


def test_held_twice_is_held_from_the_first_time_on() -> None:
    assert handle(timing(*TALK, (20, "HELD"), (30, "HELD"), (40, "RESUMED"), OVER)) == (40, 20, None)


def test_what_nobody_ended_was_not_handled_for_that_long() -> None:
    three_days = 3 * 86_400

    assert handle(timing(*TALK, (three_days, "QUEUED"))) == (None, None, None)
    assert handle(timing(*TALK, (three_days, "CLOSED"))) == (None, None, None)
    assert handle(timing(*TALK, OVER, (three_days, "REOPENED"), (three_days, "ANSWERED"))) == (60, 0, None)


def test_wrapped_up_without_an_end_ends_the_talk() -> None:
    assert handle(timing(*TALK, (60, "WRAPPED_UP"))) == (60, 0, None)
    assert state(*TALK, (60, "WRAPPED_UP")) == "OVER"


def test_what_is_before_the_opening_happened_at_the_opening_and_in_its_own_order() -> None:
    its = timing((-20, "QUEUED"), (-10, "ANSWERED"), (30, "ENDED"), (-5, "HUMAN_REPLIED"))

    assert (its.wait_seconds, its.talk_seconds, its.first_response_at) == (0, 30, at(0))


def test_of_an_answer_and_giving_up_the_first_counts() -> None:
    gave_up, answered = timing((10, "ABANDONED"), (11, "ANSWERED")), timing((10, "ANSWERED"), (11, "ABANDONED"))

    assert (gave_up.answered, gave_up.abandoned, gave_up.handled) == (False, True, False)
    assert (answered.answered, answered.abandoned) == (True, False)


def test_a_customer_who_leaves_a_second_queue_was_answered_before() -> None:
    call = (*TALK, (60, "TRANSFERRED_BLIND"), (90, "ABANDONED"))

    its = timing(*call)

    assert (its.answered, its.abandoned, its.talk_seconds) == (True, False, 60)
    assert state(*call) == "OVER"


def test_nobody_hands_on_what_nobody_took() -> None:
    its = timing((10, "TRANSFERRED_BLIND"), (20, "TRANSFERRED_CONSULT", {"agent": BEN}))

    assert (its.blind_transfers, its.consult_transfers) == (0, 0)


def test_a_customer_who_gave_up_and_comes_back_reopens_no_resolution() -> None:
    call = ((10, "ABANDONED"), (20, "REOPENED"))

    assert timing(*call).reopened_at == ()
    assert (standing(*call).state, standing(*call).since) == ("QUEUED", at(20))

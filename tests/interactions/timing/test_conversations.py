"""Messages back and forth: replies, bots, waiting, resolution."""

import pytest

from apps.interactions.timing.results import State
from tests.interactions.timing.drawn import ANA, BEN, SALES, at, standing, state, timing


def test_first_responses_are_told_apart() -> None:
    its = timing(
        (1, "BOT_REPLIED"), (30, "BOT_HANDED_OFF"), (90, "HUMAN_REPLIED", {"agent": ANA}), (95, "HUMAN_REPLIED")
    )

    assert (its.first_response_at, its.first_human_response_at, its.human_replies) == (at(1), at(90), 2)
    assert (its.bot_handed_off_at, its.handled_by, its.agent) == (at(30), "HUMAN", ANA)


def test_a_bot_handled_what_it_did_not_hand_off() -> None:
    assert timing((1, "BOT_REPLIED"), (50, "RESOLVED")).handled_by == "BOT"
    assert timing((1, "BOT_REPLIED"), (50, "BOT_HANDED_OFF")).handled_by == "HUMAN"


def test_whoever_replied_last_is_who_handled_it() -> None:
    its = timing((5, "ANSWERED", {"agent": ANA}), (90, "HUMAN_REPLIED", {"agent": BEN}))

    assert (its.agent, standing((5, "ANSWERED", {"agent": ANA})).agent) == (BEN, ANA)


def test_resolved_reopened_and_resolved_again() -> None:
    its = timing((60, "RESOLVED"), (90, "REOPENED"), (120, "RESOLVED"), (130, "CLOSED"))

    assert (its.first_resolved_at, its.resolved_at, its.closed_at) == (at(60), at(120), at(130))
    assert (its.resolved, its.reopened_at) == (True, (at(90),))


def test_what_stands_reopened_is_not_resolved() -> None:
    its = timing((60, "RESOLVED"), (90, "REOPENED"))

    assert (its.resolved, its.resolved_at, its.reopened_at) == (False, at(60), (at(90),))


def test_of_two_resolutions_without_a_reopening_the_first_counts() -> None:
    its = timing((60, "RESOLVED"), (80, "RESOLVED"), (90, "CLOSED"), (95, "CLOSED"), (99, "RESOLVED"))

    assert (its.resolved_at, its.closed_at) == (at(60), at(90))


def test_a_thank_you_reopens_nothing() -> None:
    assert state((60, "RESOLVED"), (90, "CUSTOMER_REPLIED")) == "RESOLVED"


def test_a_reply_ends_the_waiting_and_puts_the_contact_back_into_its_queue() -> None:
    waiting = ((0, "QUEUED", {"queue": SALES}), (5, "ANSWERED"), (9, "ENDED"), (10, "WAITING_ON_CUSTOMER"))

    before, after = standing(*waiting), standing(*waiting, (500, "CUSTOMER_REPLIED"))

    assert (before.state, before.since) == ("WAITING_ON_CUSTOMER", at(10))
    assert (after.state, after.since, after.queue, after.agent) == ("QUEUED", at(500), SALES, None)


@pytest.mark.parametrize("ending", ["QUEUED", "RINGING", "ANSWERED", "CUSTOMER_REPLIED"])
def test_a_snooze_lasts_until_somebody_goes_on(ending: str) -> None:
    snoozed = ((10, "SNOOZED", {"until": at(900)}),)

    assert (state(*snoozed), standing(*snoozed).until) == ("SNOOZED", at(900))
    assert state(*snoozed, (20, ending)) != "SNOOZED"


def test_waiting_does_not_end_a_talk_and_what_is_settled_does_not_wait() -> None:
    assert state((5, "ANSWERED"), (9, "WAITING_ON_CUSTOMER")) == "ACTIVE"
    assert state((5, "RESOLVED"), (9, "SNOOZED")) == "RESOLVED"


def test_what_is_resolved_while_talking_stands_resolved_when_the_talk_is_over() -> None:
    call = ((5, "ANSWERED"), (20, "RESOLVED"), (30, "ENDED"), (40, "WRAPPED_UP"))

    states = [state(*call[: place + 1]) for place in range(len(call))]

    assert states == [State.ACTIVE, State.ACTIVE, State.RESOLVED, State.RESOLVED]
    assert (timing(*call).talk_seconds, timing(*call).after_call_seconds) == (25, 10)


def test_nothing_but_reopening_brings_back_what_is_closed() -> None:
    closed = ((5, "ANSWERED"), (9, "ENDED"), (10, "CLOSED"))

    for kind in ("QUEUED", "RINGING", "ANSWERED", "CUSTOMER_REPLIED", "TRANSFERRED_BLIND", "ABANDONED", "RESOLVED"):
        assert state(*closed, (20, kind)) == "CLOSED"
    assert state(*closed, (20, "REOPENED")) == "QUEUED"


def test_priority_and_reason_are_the_last_ones_named() -> None:
    its = standing((5, "PRIORITISED", {"priority": "URGENT"}), (3, "PRIORITISED", {"priority": "LOW"}))

    assert its.priority == "URGENT"

"""Telephone calls: what their events come to."""

from tests.interactions.timing.drawn import ANA, BEN, BILLING, SALES, at, handle, standing, state, timing

BY_ANA, BY_BEN = {"agent": ANA}, {"agent": BEN}


def test_a_call_is_waited_for_talked_held_and_wrapped_up() -> None:
    call = (
        (5, "QUEUED", {"queue": SALES}), (20, "RINGING", BY_ANA), (25, "ANSWERED", BY_ANA), (85, "HELD"),
        (115, "RESUMED"), (145, "ENDED", BY_ANA), (185, "WRAPPED_UP", BY_ANA),
    )  # fmt: skip

    its = timing(*call)

    assert (its.wait_seconds, its.answered, its.abandoned) == (20, True, False)
    assert handle(its) == (90, 30, 40)
    assert (its.queue, its.agent, its.handled_by) == (SALES, ANA, "HUMAN")
    assert [state(*call[: place + 1]).value for place in range(len(call))] == [
        "QUEUED", "RINGING", "ACTIVE", "HELD", "ACTIVE", "WRAP_UP", "OVER",
    ]  # fmt: skip


def test_without_a_queue_the_wait_begins_with_the_opening_and_after_a_bot_with_its_hand_off() -> None:
    assert timing((25, "ANSWERED")).wait_seconds == 25
    assert timing((10, "BOT_HANDED_OFF"), (25, "ANSWERED")).wait_seconds == 15
    assert timing((10, "BOT_HANDED_OFF"), (12, "QUEUED"), (25, "ANSWERED")).wait_seconds == 13


def test_the_wait_goes_on_from_queue_to_queue_and_from_phone_to_phone() -> None:
    its = timing(
        (0, "QUEUED", {"queue": SALES}), (10, "RINGING", BY_ANA), (20, "QUEUED", {"queue": BILLING}), (40, "ANSWERED")
    )

    assert (its.wait_seconds, its.queue) == (40, BILLING)


def test_who_gives_up_waiting_has_abandoned() -> None:
    call = ((2, "QUEUED"), (32, "ABANDONED"))

    its = timing(*call)

    assert (its.wait_seconds, its.answered, its.abandoned, its.handled_by) == (30, False, True, None)
    assert standing(*call).state == "ABANDONED"
    assert standing(*call).since == at(32)


def test_a_call_that_goes_on_has_no_handle_time_yet() -> None:
    assert handle(timing((10, "ANSWERED"), (70, "HELD"))) == (None, None, None)
    assert handle(timing((10, "ANSWERED"), (70, "ENDED"))) == (60, 0, None)


def test_a_blind_transfer_ends_one_talk_and_the_next_answer_begins_another() -> None:
    call = (
        (0, "ANSWERED", BY_ANA), (60, "TRANSFERRED_BLIND", {"queue": BILLING}), (60, "QUEUED", {"queue": BILLING}),
        (75, "WRAPPED_UP", BY_ANA), (90, "ANSWERED", BY_BEN), (120, "ENDED", BY_BEN), (125, "WRAPPED_UP", BY_BEN),
    )  # fmt: skip

    its = timing(*call)

    assert (its.blind_transfers, its.consult_transfers) == (1, 0)
    assert handle(its) == (90, 0, 20)
    assert (its.wait_seconds, its.queue, its.agent) == (0, BILLING, BEN)
    assert standing(*call[:3]).agent is None


def test_the_work_of_whoever_handed_on_counts_while_the_next_one_talks() -> None:
    its = timing(
        (0, "ANSWERED", BY_ANA), (60, "TRANSFERRED_BLIND"), (70, "ANSWERED", BY_BEN), (100, "WRAPPED_UP", BY_ANA),
        (170, "ENDED", BY_BEN), (175, "WRAPPED_UP", BY_BEN),
    )  # fmt: skip

    assert handle(its) == (160, 0, 45)


def test_a_consult_transfer_hands_over_and_the_talk_goes_on() -> None:
    call = ((0, "ANSWERED", BY_ANA), (30, "HELD", BY_ANA), (50, "TRANSFERRED_CONSULT", BY_BEN), (80, "ENDED", BY_BEN))

    its = timing(*call)

    assert (its.blind_transfers, its.consult_transfers, its.agent) == (0, 1, BEN)
    assert handle(its) == (60, 20, None)
    assert (standing(*call[:3]).state, standing(*call[:3]).agent) == ("ACTIVE", BEN)


def test_at_one_instant_things_happen_in_their_usual_order() -> None:
    its = timing((9, "ENDED"), (9, "ANSWERED", BY_ANA), (9, "QUEUED"), (9, "WRAPPED_UP"))

    assert (its.wait_seconds, *handle(its)) == (0, 0, 0, 0)

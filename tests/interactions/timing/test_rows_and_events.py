"""What an imported row says, and what its events say: which of them stands."""

from dataclasses import replace

from apps.interactions.timing.columns import Columns, derive
from tests.interactions.timing.drawn import ANA, BEN, OPENED, at, stream

ROW = Columns(
    priority="HIGH",
    transfers=3,
    handled_by="HUMAN",
    answered=True,
    wait_seconds=7,
    talk_seconds=100,
    hold_seconds=10,
    after_call_seconds=20,
    first_response_at=at(50),
    resolved=True,
    resolved_at=at(600),
    agent_id=ANA,
)


def columns(row: Columns, *told: tuple[object, ...]) -> Columns:
    return derive(row, stream(*told), opened_at=OPENED)[0]


def test_what_events_do_not_tell_stands_as_the_row_says() -> None:
    assert columns(ROW, (700, "PRIORITISED", {"priority": "URGENT"})) == replace(ROW, priority="URGENT")


def test_events_that_tell_of_answering_and_handling_tell_all_of_it() -> None:
    told = columns(ROW, (0, "QUEUED"), (30, "ANSWERED", {"agent": BEN}), (90, "ENDED"))

    assert (told.wait_seconds, told.talk_seconds, told.hold_seconds, told.after_call_seconds) == (30, 60, 0, None)
    assert (told.transfers, told.blind_transfers, told.consult_transfers, told.agent_id) == (0, 0, 0, BEN)
    assert (told.first_response_at, told.resolved_at) == (at(50), at(600))


def test_a_stream_from_the_opening_on_tells_the_first_response_and_the_resolution_itself() -> None:
    told = columns(ROW, (0, "QUEUED"), (80, "HUMAN_REPLIED"), (900, "RESOLVED"))

    assert (told.first_response_at, told.first_human_response_at, told.human_replies) == (at(80), at(80), 1)
    assert (told.first_resolved_at, told.resolved_at) == (at(900), at(900))


def test_what_the_row_says_of_before_the_first_event_comes_first() -> None:
    told = columns(ROW, (5000, "REOPENED"), (5100, "HUMAN_REPLIED", {"agent": BEN}), (6000, "RESOLVED"))

    assert (told.first_response_at, told.first_human_response_at, told.human_replies) == (at(50), at(50), 2)
    assert (told.first_resolved_at, told.resolved_at, told.reopened_at) == (at(600), at(6000), (at(5000),))
    assert (told.talk_seconds, told.agent_id) == (100, BEN)


def test_a_row_knows_its_bots_first_response_from_a_persons() -> None:
    row = replace(ROW, first_response_at=at(1), first_human_response_at=at(70))

    told = columns(row, (90, "HUMAN_REPLIED"))

    assert (told.first_response_at, told.first_human_response_at, told.human_replies) == (at(1), at(70), 2)


def test_a_resolved_row_stands_resolved_and_an_open_one_waits() -> None:
    _, resolved = derive(ROW, [], opened_at=OPENED)
    _, waiting = derive(replace(ROW, resolved_at=None), [], opened_at=OPENED)

    assert (resolved.state, resolved.since, resolved.priority) == ("RESOLVED", at(600), "HIGH")
    assert (waiting.state, waiting.since) == ("QUEUED", OPENED)

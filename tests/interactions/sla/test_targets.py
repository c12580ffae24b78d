"""When the clock of each target starts, pauses and ends; what others get wrong has a test here (METRICS 2.7)."""

from datetime import UTC, datetime, timedelta

from apps.interactions.calendars.timeline import EARLIEST, Timeline
from apps.interactions.calendars.written import WeekdayOpening, Written, hours_of
from apps.interactions.sla.policies import Measure, Target
from tests.interactions.sla.promises import contact, is_breached, made, policy, promise, spans
from tests.interactions.timing.drawn import OPENED, at

FIRST_REPLY, NEXT_REPLY = promise(Measure.FIRST_REPLY), promise(Measure.NEXT_REPLY)
UPDATE, FIRST, TOTAL = (
    promise(measure) for measure in (Measure.PERIODIC_UPDATE, Measure.FIRST_RESOLUTION, Measure.TOTAL_RESOLUTION)
)
# Monday to Friday, nine to five, UTC; the contacts are opened on a Monday at nine.
OFFICE = Timeline(
    [
        (
            EARLIEST,
            hours_of(Written("UTC", [WeekdayOpening("09:00", "17:00", day) for day in range(1, 6)], (), ())),
        )
    ]
)


def test_a_first_reply_is_by_a_person_and_a_bots_does_not_count() -> None:
    assert spans(made(FIRST_REPLY, (60, "BOT_REPLIED"), (900, "HUMAN_REPLIED"))) == [(0, 3_600, 900)]


def test_a_call_that_is_answered_is_replied_to_and_a_chat_is_not() -> None:
    assert spans(made(FIRST_REPLY, (20, "ANSWERED"), subject=contact("PHONE"))) == [(0, 3_600, 20)]
    assert spans(made(FIRST_REPLY, (20, "ANSWERED"), subject=contact("CHAT"))) == [(0, 3_600, None)]


def test_what_is_late_is_breached_though_nobody_looked_before_it_was_resolved() -> None:
    (late,) = made(FIRST, (3_601, "RESOLVED"))

    assert is_breached(late, now=at(9_999))


def test_to_the_second_it_is_kept() -> None:
    (kept,) = made(FIRST, (3_600, "RESOLVED"))

    assert not is_breached(kept, now=at(9_999))


def test_what_runs_and_is_past_due_is_breached_and_before_that_it_is_not() -> None:
    (running,) = made(FIRST)

    assert not is_breached(running, now=at(3_600))
    assert is_breached(running, now=at(3_601))


def test_waiting_for_the_customer_stops_resolutions_and_not_the_first_reply() -> None:
    told = ((600, "WAITING_ON_CUSTOMER"), (5_000, "CUSTOMER_REPLIED"))

    assert spans(made(FIRST, *told)) == [(0, 8_000, None)]
    assert spans(made(FIRST_REPLY, *told)) == [(0, 3_600, None)]


def test_while_it_is_paused_nothing_is_due_and_what_was_late_before_stays_late() -> None:
    (paused,) = made(FIRST, (600, "WAITING_ON_CUSTOMER"))
    (late,) = made(FIRST, (4_000, "WAITING_ON_CUSTOMER"), (4_100, "RESOLVED"))

    assert (paused.due_at, paused.paused_at) == (None, at(600))
    assert (late.due_at, late.ended_at) == (at(3_600), at(4_100))


def test_what_is_resolved_while_the_customer_is_waited_for_is_kept() -> None:
    (kept,) = made(FIRST, (600, "WAITING_ON_CUSTOMER"), (90_000, "RESOLVED"))

    assert (kept.due_at, kept.paused_at, kept.ended_at) == (None, None, at(90_000))


def test_a_reopening_does_not_restart_the_first_resolution_and_goes_on_with_the_total_one() -> None:
    told = ((600, "RESOLVED"), (10_000, "REOPENED"), (10_900, "RESOLVED"))

    assert spans(made(FIRST, *told)) == [(0, 3_600, 600)]
    # Ten minutes before and fifty after the reopening; what lay between does not count.
    assert spans(made(TOTAL, *told)) == [(0, 13_000, 10_900)]


def test_each_customers_message_asks_for_the_next_reply_once() -> None:
    found = made(
        NEXT_REPLY,
        (100, "CUSTOMER_REPLIED"),  # the first reply is still owed
        (300, "HUMAN_REPLIED"),
        (400, "CUSTOMER_REPLIED"),
        (500, "CUSTOMER_REPLIED"),
        (700, "HUMAN_REPLIED"),
        (800, "CUSTOMER_REPLIED"),
    )

    assert spans(found) == [(400, 4_000, 700), (800, 4_400, None)]
    assert [each.number for each in found] == [1, 2]


def test_thanks_after_a_resolution_ask_for_nothing() -> None:
    assert made(NEXT_REPLY, (10, "HUMAN_REPLIED"), (20, "RESOLVED"), (30, "CUSTOMER_REPLIED")) == []


def test_updates_are_owed_from_reply_to_reply_until_it_is_resolved() -> None:
    found = made(
        UPDATE,
        (100, "HUMAN_REPLIED"),
        (1_000, "HUMAN_REPLIED"),
        (1_200, "WAITING_ON_CUSTOMER"),
        (9_000, "CUSTOMER_REPLIED"),
        (9_500, "RESOLVED"),
    )

    assert spans(found) == [(100, 3_700, 1_000), (1_000, 12_400, 9_500)]


def test_a_reply_that_waits_for_the_customer_owes_no_update_meanwhile() -> None:
    (_, paused) = made(UPDATE, (1, "HUMAN_REPLIED"), (10, "WAITING_ON_CUSTOMER"), (20, "HUMAN_REPLIED"))

    assert (paused.started_at, paused.due_at, paused.paused_at) == (at(20), None, at(20))


def test_a_target_goes_by_the_priority_at_the_instant_it_starts() -> None:
    urgent = (20, "PRIORITISED", {"priority": "URGENT"})
    raised = made(NEXT_REPLY, (10, "HUMAN_REPLIED"), urgent, (30, "CUSTOMER_REPLIED"))
    later = made(FIRST, urgent)

    assert [(each.priority, each.target_seconds) for each in raised] == [("URGENT", 600)]
    assert [(each.priority, each.target_seconds) for each in later] == [("NORMAL", 3_600)]


def test_a_priority_without_seconds_is_promised_nothing() -> None:
    only_urgent = policy(Target(Measure.FIRST_REPLY, {"URGENT": 60}))

    assert made(only_urgent) == []
    assert len(made(only_urgent, subject=contact(priority="URGENT"))) == 1


def test_who_gave_up_before_an_answer_was_promised_nothing() -> None:
    assert made(FIRST_REPLY, (90, "ABANDONED"), subject=contact("PHONE")) == []


def test_who_left_after_an_answer_keeps_what_was_promised() -> None:
    found = made(FIRST, (30, "ANSWERED"), (60, "ENDED"), (90, "ABANDONED"), subject=contact("PHONE"))

    assert spans(found) == [(0, 3_600, 90)]


def test_business_time_passes_while_the_calendar_is_open() -> None:
    nine_hours = promise(Measure.FIRST_RESOLUTION, 9 * 3_600, business=True)

    (found,) = made(nine_hours, calendar=OFFICE)

    assert found.due_at == datetime(2026, 3, 3, 10, 0, tzinfo=UTC)


def test_waiting_over_night_costs_no_business_time() -> None:
    nine_hours = promise(Measure.FIRST_RESOLUTION, 9 * 3_600, business=True)
    evening, morning = 8 * 3_600 - 600, 24 * 3_600 + 600

    (found,) = made(nine_hours, (evening, "WAITING_ON_CUSTOMER"), (morning, "CUSTOMER_REPLIED"), calendar=OFFICE)

    # Ten minutes of Monday and ten of Tuesday were the customer's.
    assert found.due_at == OPENED + timedelta(hours=25, minutes=20)

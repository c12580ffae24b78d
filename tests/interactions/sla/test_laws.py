"""What holds of the targets of any contact."""

from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from apps.interactions.calendars.timeline import EARLIEST
from apps.interactions.calendars.written import Written
from apps.interactions.sla.clocks import Clock
from apps.interactions.sla.policies import Measure, Policy, Target
from apps.interactions.sla.stream import instances
from apps.interactions.timing.events import Event
from tests.interactions.calendars.drawn import ALWAYS, instants, versions
from tests.interactions.calendars.plain import Versions, timeline_of
from tests.interactions.sla.promises import contact, is_breached, policy
from tests.interactions.timing.drawn import OPENED, at, events

EVERYTHING = policy(*(Target(measure, {"LOW": 9, "NORMAL": 4, "URGENT": 1}) for measure in Measure))


@given(events(), st.data(), st.sampled_from(("EMAIL", "PHONE")))
def test_the_order_and_number_of_tellings_change_nothing(told: list[Event], data: st.DataObject, channel: str) -> None:
    twice = data.draw(st.lists(st.sampled_from(told), max_size=5)) if told else []
    again = data.draw(st.permutations([*told, *twice]))

    assert instances(contact(channel), again, EVERYTHING, None) == instances(contact(channel), told, EVERYTHING, None)


@given(events())
def test_targets_start_in_order_and_end_after_they_start(told: list[Event]) -> None:
    found = instances(contact(), told, EVERYTHING, None)

    for each in found:
        assert each.started_at >= OPENED
        assert each.ended_at is None or each.ended_at >= each.started_at
        assert each.due_at is None or each.due_at > each.started_at
        assert each.paused_at is None or each.ended_at is None
    for measure in Measure:
        its = [each for each in found if each.measure is measure]
        assert [each.number for each in its] == list(range(1, len(its) + 1))
        # One at a time: the next starts when the one before has ended.
        assert all(one.ended_at and one.ended_at <= other.started_at for one, other in pairwise(its))


@given(events(), st.integers(0, 30), st.integers(1, 20))
def test_a_resolution_is_late_when_more_counted_time_has_passed_second_by_second(
    told: list[Event], later: int, allowed: int
) -> None:
    promised: Policy = policy(Target(Measure.TOTAL_RESOLUTION, dict.fromkeys(("LOW", "NORMAL", "URGENT"), allowed)))
    now = at(13 + later)

    found = instances(contact(), told, promised, None)

    for each in found:
        assert is_breached(each, now) == (_counted(told, now) > allowed)


def _counted(told: list[Event], now: datetime) -> int:
    """Count the seconds in which it was neither settled nor waiting for the customer, by looking at each."""
    counted = 0
    for second in range(int((now - OPENED).total_seconds())):
        before = [event for event in told if event.at <= at(second)]
        counted += _is_counted([event.kind for event in sorted(before, key=lambda event: event.place)])
    return counted


def _is_counted(kinds: list[str]) -> bool:
    state = "open"
    for kind in kinds:
        if kind == "REOPENED" and state == "settled":
            state = "open"
        elif kind in ("RESOLVED", "CLOSED") or (kind == "ABANDONED" and state != "settled"):
            state = "settled"
        elif kind == "WAITING_ON_CUSTOMER" and state == "open":
            state = "waiting"
        elif state == "waiting" and kind in (
            "ANSWERED", "CUSTOMER_REPLIED", "QUEUED", "RINGING", "TRANSFERRED_BLIND", "SNOOZED",
        ):  # fmt: skip
            state = "open"
    return state == "open"


@given(versions(), st.lists(instants(), min_size=2, max_size=6, unique=True), st.integers(1, 4 * 86_400), st.booleans())
def test_a_clock_is_breached_when_more_than_its_target_has_passed_by_any_calendar(
    calendar: Versions, moments: list[datetime], target: int, ended: bool
) -> None:
    *edges, now = sorted(moments)
    timeline = timeline_of(calendar)
    clock = Clock(Measure.FIRST_RESOLUTION, 1, "NORMAL", target, True, edges[0], running_since=edges[0])
    counted = timedelta()
    for place, (start, end) in enumerate(pairwise([*edges, now])):
        if place % 2 == 0:
            counted += timeline.elapsed(start, end)
            if end is not now or ended:
                clock.end(end) if end is now else clock.pause(end)
        elif end is not now:
            clock.resume(end)

    found = clock.instance(timeline)

    # A deadline is looked for a year ahead; further away it is None, and nothing drawn here is that long.
    assert is_breached(found, now) == (counted > timedelta(seconds=target))


@given(events())
def test_by_the_wall_clock_and_by_a_calendar_that_is_always_open_targets_are_the_same(told: list[Event]) -> None:
    by_wall = instances(contact(), told, EVERYTHING, None)
    always = policy(*(Target(target.measure, target.seconds, business=True) for target in EVERYTHING.targets))
    by_calendar = instances(contact(), told, always, timeline_of([(EARLIEST, Written("UTC", ALWAYS, (), ()))]))

    assert [(each.due_at, each.ended_at) for each in by_wall] == [(each.due_at, each.ended_at) for each in by_calendar]

"""How many requests of one brand are answered at once: all it has seats for, or one by one beside others."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from threading import Event, Thread

import pytest

from cxplatform.throttle import seats as seats_of_a_process
from cxplatform.throttle.buckets import RateLimited
from cxplatform.throttle.seats import Seats
from tests.flows.programs import eventually


class Clock:
    """A time of its own, that passes when it is told to."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def seats(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Seats:
    """The seats of a process; nobody waits for one."""
    monkeypatch.setattr(seats_of_a_process, "_WAIT_SECONDS", 0.0)
    return Seats(clock)


Sit = Callable[..., bool]


@pytest.fixture
def sit(seats: Seats) -> Iterator[Sit]:
    """Take a seat until the test is over; whether there was one."""
    with ExitStack() as stack:

        def attempt(whose: str, of: int = 6) -> bool:
            try:
                stack.enter_context(seats.of(whose, of))
            except RateLimited:
                return False
            return True

        yield attempt


def test_a_brand_that_is_alone_has_all_its_seats_and_no_more(sit: Sit) -> None:
    assert [sit("acme", 3) for _ in range(4)] == [True, True, True, False]


def test_beside_another_brand_one_request_begins_when_the_one_before_is_done(seats: Seats, sit: Sit) -> None:
    assert sit("globex")

    with seats.of("acme", 6):
        assert not sit("acme")
    assert sit("acme")


def test_what_is_not_quick_keeps_the_next_one_waiting_no_longer(clock: Clock, sit: Sit) -> None:
    assert sit("globex")
    assert sit("acme")
    assert not sit("acme")

    clock.now += 0.1
    assert sit("acme")
    assert not sit("acme")


def test_slow_requests_beside_others_have_all_the_seats_and_no_more(clock: Clock, sit: Sit) -> None:
    took = []
    for _ in range(4):
        clock.now += 0.2
        sit("globex", 100)
        took.append(sit("acme", 3))

    assert took == [True, True, True, False]


def test_who_had_more_lately_waits_for_who_had_less_and_not_the_other_way_round(
    clock: Clock, seats: Seats, sit: Sit
) -> None:
    with seats.of("acme", 6):
        clock.now += 1

    with seats.of("globex", 6):
        assert not sit("acme")
    assert sit("acme")
    assert sit("globex")


def test_what_was_spent_long_ago_counts_for_little(clock: Clock, seats: Seats, sit: Sit) -> None:
    with seats.of("acme", 6):
        clock.now += 1
    clock.now += 30
    with seats.of("globex", 6):
        clock.now += 0.1

    assert sit("acme")
    assert not sit("globex")


def test_a_brand_is_alone_again_when_nobody_else_has_asked_for_a_while(clock: Clock, seats: Seats, sit: Sit) -> None:
    with seats.of("globex", 6):
        pass
    assert [sit("acme"), sit("acme")] == [True, False]

    clock.now += 5.1
    assert [sit("acme"), sit("acme")] == [True, True]


def test_a_seat_that_becomes_free_is_given_to_who_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seats_of_a_process, "_WAIT_SECONDS", 60.0)
    seats, sat, leave, served = Seats(), Event(), Event(), Event()

    def hold() -> None:
        with seats.of("acme", 1):
            sat.set()
            leave.wait(60)

    def wait() -> None:
        with seats.of("acme", 1):
            served.set()

    holding, waiting = Thread(target=hold), Thread(target=wait)
    holding.start()
    assert sat.wait(60)
    waiting.start()
    eventually(lambda: bool(seats._changed._waiters), seconds=60)  # type: ignore[attr-defined]  # a Condition's own list
    leave.set()

    assert served.wait(30)
    holding.join()
    waiting.join()

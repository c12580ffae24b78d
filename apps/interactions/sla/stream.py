"""From a contact's events to its targets: which clocks start, pause, go on and end when."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final

from apps.interactions.sla.clocks import Clock, Instance, OpenTime, WallClock
from apps.interactions.sla.policies import Measure, Policy, Subject
from apps.interactions.timing.events import Event, EventKind

# Answered, a customer at the other end has somebody's attention.
_SPOKEN: Final = frozenset({"PHONE", "IN_PERSON"})
_PAUSED_WHILE_WAITING: Final = (Measure.PERIODIC_UPDATE, Measure.FIRST_RESOLUTION, Measure.TOTAL_RESOLUTION)
_WALL_CLOCK: Final = WallClock()


def instances(subject: Subject, events: Iterable[Event], policy: Policy, calendar: OpenTime | None) -> list[Instance]:
    """Return the targets of a contact, in whatever order and however often its events are given.

    A target takes the seconds of the priority at the instant its clock starts; of none, there is no clock. A contact
    whose customer gave up before an answer has no targets. `calendar` counts the targets in business time.
    """
    stream = _Stream(subject, policy)
    known = {event.key: event for event in events}
    for event in sorted(known.values(), key=lambda event: event.place):
        stream.take(event)
    return [] if stream.given_up else [clock.instance(_time(clock, calendar)) for clock in stream.clocks]


def _time(clock: Clock, calendar: OpenTime | None) -> OpenTime:
    return calendar if clock.business and calendar is not None else _WALL_CLOCK


class _Stream:
    """The clocks of a contact after the events taken so far."""

    def __init__(self, subject: Subject, policy: Policy) -> None:
        self.clocks: list[Clock] = []
        self.given_up = False
        self._targets = {target.measure: target for target in policy.targets}
        self._opened_at = subject.opened_at
        self._priority = subject.priority
        self._spoken = subject.channel in _SPOKEN
        self._latest: dict[Measure, Clock] = {}
        self._replied = self._waiting = self._settled = False
        for measure in (Measure.FIRST_REPLY, Measure.FIRST_RESOLUTION, Measure.TOTAL_RESOLUTION):
            self._start(measure, subject.opened_at)

    def take(self, event: Event) -> None:
        """Take in what happened; what did before the opening did at the opening."""
        if not self.given_up:
            act = _ACTS.get(event.kind)
            if act is not None:
                act(self, max(event.at, self._opened_at))
            self._priority = event.priority or self._priority

    def replied(self, at: datetime) -> None:
        """End what waits for a reply, and begin to wait for the next one."""
        self._replied = True
        for measure in (Measure.FIRST_REPLY, Measure.NEXT_REPLY, Measure.PERIODIC_UPDATE):
            self._end(measure, at)
        if not self._settled:
            self._start(Measure.PERIODIC_UPDATE, at)
            if self._waiting:
                self._latest_paused(Measure.PERIODIC_UPDATE, at)

    def answered(self, at: datetime) -> None:
        self.taken_up(at)
        if self._spoken:
            self.replied(at)

    def customer_replied(self, at: datetime) -> None:
        """Go on, and wait for a reply unless one is waited for already. What is settled stays so: it may be thanks."""
        self.taken_up(at)
        waited_for = self._running(Measure.NEXT_REPLY) or self._running(Measure.FIRST_REPLY)
        if self._replied and not waited_for and not self._settled:
            self._start(Measure.NEXT_REPLY, at)

    def waiting(self, at: datetime) -> None:
        if not self._settled and not self._waiting:
            self._waiting = True
            for measure in _PAUSED_WHILE_WAITING:
                self._latest_paused(measure, at)

    def taken_up(self, at: datetime) -> None:
        """Go on with what waited for the customer."""
        if self._waiting:
            self._waiting = False
            for measure in _PAUSED_WHILE_WAITING:
                if clock := self._latest.get(measure):
                    clock.resume(at)

    def settled(self, at: datetime) -> None:
        """End every clock: nobody owes a reply to what is resolved."""
        self._waiting = False
        if not self._settled:
            self._settled = True
            for measure in Measure:
                self._end(measure, at)

    def reopened(self, at: datetime) -> None:
        """Go on with the whole resolution, and owe the customer a reply."""
        if self._settled:
            self._settled = False
            if clock := self._latest.get(Measure.TOTAL_RESOLUTION):
                clock.restart(at)
            if self._replied:
                self._start(Measure.NEXT_REPLY, at)

    def abandoned(self, at: datetime) -> None:
        """Promise nothing to who gave up before an answer; after one, it ends here."""
        if self._replied or self._settled:
            self.settled(at)
        else:
            self.given_up = True

    def _start(self, measure: Measure, at: datetime) -> None:
        target = self._targets.get(measure)
        seconds = None if target is None else target.seconds.get(self._priority)
        if target is None or seconds is None:
            self._latest.pop(measure, None)
            return
        number = 1 + sum(clock.measure is measure for clock in self.clocks)
        clock = Clock(measure, number, self._priority, seconds, target.business, at, running_since=at)
        self._latest[measure] = clock
        self.clocks.append(clock)

    def _end(self, measure: Measure, at: datetime) -> None:
        if clock := self._latest.get(measure):
            clock.end(at)

    def _latest_paused(self, measure: Measure, at: datetime) -> None:
        if self._running(measure):
            self._latest[measure].pause(at)

    def _running(self, measure: Measure) -> bool:
        clock = self._latest.get(measure)
        return clock is not None and clock.ended_at is None and clock.paused_at is None


_ACTS: Final[dict[EventKind, Callable[[_Stream, datetime], None]]] = {
    EventKind.HUMAN_REPLIED: _Stream.replied,
    EventKind.ANSWERED: _Stream.answered,
    EventKind.CUSTOMER_REPLIED: _Stream.customer_replied,
    EventKind.WAITING_ON_CUSTOMER: _Stream.waiting,
    EventKind.QUEUED: _Stream.taken_up,
    EventKind.RINGING: _Stream.taken_up,
    EventKind.TRANSFERRED_BLIND: _Stream.taken_up,
    EventKind.SNOOZED: _Stream.taken_up,
    EventKind.RESOLVED: _Stream.settled,
    EventKind.CLOSED: _Stream.settled,
    EventKind.REOPENED: _Stream.reopened,
    EventKind.ABANDONED: _Stream.abandoned,
}

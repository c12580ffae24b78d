"""Who had a contact when: the spans of talking, holding and after-call work.

Time counts only when somebody said that it ended. So a contact by e-mail that nobody put down for three days was not
handled for three days: how long it took is unknown.
"""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from apps.interactions.timing.events import Event
from apps.interactions.timing.results import State

TALKING: Final = (State.ACTIVE, State.HELD)


class Handling:
    """A contact's way through queues and hands. `state` is one of QUEUED, RINGING, ACTIVE, HELD, WRAP_UP, OVER."""

    def __init__(self, opened_at: datetime) -> None:
        self.state, self.since = State.QUEUED, opened_at
        self.queue: UUID | None = None
        self.agent: UUID | None = None
        self.last_agent: UUID | None = None
        self.handled = False
        self.talk: timedelta | None = None
        self.hold: timedelta | None = None
        self.after_call: timedelta | None = None
        self.blind = self.consult = 0
        self._spans = {State.ACTIVE: timedelta(), State.HELD: timedelta()}
        # Who left the contact and has not said that the work afterwards is done: since when.
        self._wrapping: dict[UUID | None, datetime] = {}

    @property
    def talking(self) -> bool:
        return self.state in TALKING

    def queued(self, event: Event) -> None:
        """Put it into a queue; a talk that nobody ended is not counted."""
        self._drop_session()
        self.queue = event.queue or self.queue
        self.agent = None
        self._enter(State.QUEUED, event.at)

    def ringing(self, event: Event) -> None:
        """Offer it to an agent; not while somebody talks."""
        if not self.talking:
            self.queue, self.agent = event.queue or self.queue, event.agent
            self._enter(State.RINGING, event.at)

    def answered(self, event: Event) -> None:
        """Begin to talk. While somebody talks it says who does, and nothing else."""
        self.handled = True
        self.queue = event.queue or self.queue
        self._hand_to(event.agent)
        if not self.talking:
            self._enter(State.ACTIVE, event.at)

    def held(self, event: Event) -> None:
        """Put the customer on hold, if somebody talks."""
        if self.state is State.ACTIVE and self._has_it(event):
            self._end_span(event.at)
            self._enter(State.HELD, event.at)

    def resumed(self, event: Event) -> None:
        """Go on talking, if the customer is on hold."""
        if self.state is State.HELD and self._has_it(event):
            self._end_span(event.at)
            self._enter(State.ACTIVE, event.at)

    def transferred_consult(self, event: Event) -> None:
        """Hand it to somebody who was asked first: the talk goes on. Nobody hands on what nobody took."""
        if not self.handled:
            return
        self.consult += 1
        if self.talking:
            self._end_span(event.at)
            self._wrapping[self.agent] = event.at
            self._enter(State.ACTIVE, event.at)
        elif self.state is State.WRAP_UP:
            self._enter(State.OVER, event.at)
        self.agent = None
        self._hand_to(event.agent)
        self.queue = event.queue or self.queue

    def transferred_blind(self, event: Event) -> None:
        """Send it to a queue or to somebody's phone: the talk is over for whoever had it."""
        if not self.handled:
            return
        self.blind += 1
        if self.talking:
            self._end_session(event.at)
            self._wrapping[self.agent] = event.at
        self.queued(event)
        self.agent = event.agent

    def ended(self, event: Event) -> None:
        """End the talk; the work after it begins."""
        if self.talking and self._has_it(event):
            self._end_session(event.at)
            self._wrapping[self.agent] = event.at
            self._enter(State.WRAP_UP, event.at)

    def wrapped_up(self, event: Event) -> None:
        """End the work afterwards: of whoever has the contact, or of whoever handed it on. Without ENDED, the talk."""
        who = self.agent if event.agent is None else event.agent
        if self.talking and self._has_it(event):
            self._end_session(event.at)
            self._enter(State.OVER, event.at)
        elif who in self._wrapping:
            self.after_call = (self.after_call or timedelta()) + (event.at - self._wrapping.pop(who))
            if self.state is State.WRAP_UP and who == self.agent:
                self._enter(State.OVER, event.at)

    def left(self, event: Event) -> None:
        """Let the customer leave a queue after somebody had talked to them."""
        if not self.talking:
            self.agent = None
            self._enter(State.OVER, event.at)

    def credit(self, agent: UUID | None) -> None:
        """Name who last did something for the customer."""
        self.last_agent = agent or self.last_agent

    def _has_it(self, event: Event) -> bool:
        """Tell whether the event is of whoever has the contact; one that names nobody is."""
        return event.agent is None or self.agent is None or event.agent == self.agent

    def _hand_to(self, agent: UUID | None) -> None:
        self.agent = agent or self.agent
        self._wrapping.pop(self.agent, None)
        self.credit(agent)

    def _enter(self, state: State, at: datetime) -> None:
        self.state, self.since = state, at

    def _end_span(self, at: datetime) -> None:
        self._spans[self.state] += at - self.since

    def _end_session(self, at: datetime) -> None:
        self._end_span(at)
        self.talk = (self.talk or timedelta()) + self._spans[State.ACTIVE]
        self.hold = (self.hold or timedelta()) + self._spans[State.HELD]
        self._drop_session()

    def _drop_session(self) -> None:
        self._spans = dict.fromkeys(self._spans, timedelta())

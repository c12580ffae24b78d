"""From a contact's events to its durations and its standing, by stated rules (docs/cases.md) for what contradicts."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from apps.interactions.timing.events import Event, EventKind
from apps.interactions.timing.handling import Handling
from apps.interactions.timing.outcome import Outcome
from apps.interactions.timing.results import Standing, State, Timing

_HUMAN, _BOT = "HUMAN", "BOT"


def fold(events: Iterable[Event], *, opened_at: datetime) -> tuple[Timing, Standing]:
    """Return what the events come to, in whatever order and however often they are given.

    What happened before the opening counts as at the opening: clocks differ.
    """
    told = _Fold(opened_at)
    known = {event.key: event for event in events}
    for event in sorted(known.values(), key=lambda event: event.place):
        told.take(event if event.at >= opened_at else replace(event, at=opened_at))
    return told.timing(), told.standing()


class _Fold:
    """What is known after the events taken so far."""

    def __init__(self, opened_at: datetime) -> None:
        self.handling = Handling(opened_at)
        self.outcome = Outcome()
        self.waits_since = opened_at
        self.queued_at: datetime | None = None
        self.offered_until: datetime | None = None
        self.answered: bool | None = None
        self.first_reply: datetime | None = None
        self.first_human: datetime | None = None
        self.human_replies = 0
        self.bot = False
        self.handed_off_at: datetime | None = None
        self.reason: UUID | None = None
        self.priority: str | None = None

    def take(self, event: Event) -> None:
        _TAKERS[event.kind](self, event)
        self.reason = event.reason or self.reason
        self.priority = event.priority or self.priority

    def queued(self, event: Event) -> None:
        """Wait in a queue; what is settled waits no more."""
        if not self.outcome.is_settled:
            self.queued_at = self.queued_at or event.at
            self.outcome.taken_up()
            self.handling.queued(event)

    def ringing(self, event: Event) -> None:
        if not self.outcome.is_settled:
            self.outcome.taken_up()
            self.handling.ringing(event)

    def answered_by(self, event: Event) -> None:
        """Take it. Nobody takes what is closed or what the customer gave up; what is resolved stays so."""
        if not self.outcome.is_final:
            self._settle_offer(event.at, answered=True)
            self.outcome.taken_up()
            self.handling.answered(event)

    def abandoned(self, event: Event) -> None:
        """Give up waiting. Whoever was answered before did not abandon; nobody does while talking or once resolved."""
        if self.outcome.is_settled or self.handling.talking:
            return
        if self.answered:
            self.handling.left(event)
        else:
            self._settle_offer(event.at, answered=False)
            self.outcome.abandon(event)

    def transferred_blind(self, event: Event) -> None:
        if not self.outcome.is_final:
            self.outcome.taken_up()
            self.handling.transferred_blind(event)

    def transferred_consult(self, event: Event) -> None:
        if not self.outcome.is_final:
            self.handling.transferred_consult(event)

    def customer_replied(self, event: Event) -> None:
        """End waiting for the customer: who is waited for now is us. It reopens nothing: a thank-you is a reply."""
        waiting = self.outcome.is_put_off or self.handling.state is State.OVER
        if waiting and not self.outcome.is_settled and not self.handling.talking:
            self.handling.queued(event)
        self.outcome.taken_up()

    def human_replied(self, event: Event) -> None:
        self.first_reply = self.first_reply or event.at
        self.first_human = self.first_human or event.at
        self.human_replies += 1
        self.handling.credit(event.agent)

    def bot_replied(self, event: Event) -> None:
        self.first_reply = self.first_reply or event.at
        self.bot = True

    def bot_handed_off(self, event: Event) -> None:
        """Let a bot pass the contact to people; it waits for them from then on."""
        self.bot = True
        if self.handed_off_at is None:
            self.handed_off_at = event.at
        if not self.outcome.is_settled and not self.handling.talking:
            self.handling.queued(event)

    def reopened(self, event: Event) -> None:
        """Open it again; what is open already is not, and that counts for nothing."""
        was_closed = self.outcome.state is State.CLOSED
        if self.outcome.reopen(event) and (was_closed or not self.handling.talking):
            self.handling.queued(event)

    def _settle_offer(self, at: datetime, *, answered: bool) -> None:
        """Settle whether somebody answered: what came first stands."""
        if self.answered is None:
            self.answered, self.offered_until = answered, at
            self.waits_since = self.queued_at or self.handed_off_at or self.waits_since

    def timing(self) -> Timing:
        handling, outcome = self.handling, self.outcome
        waited = None if self.offered_until is None else self.offered_until - self.waits_since
        return Timing(
            wait_seconds=_seconds(waited),
            answered=self.answered,
            abandoned=self.answered is False,
            handled=handling.handled,
            talk_seconds=_seconds(handling.talk),
            hold_seconds=_seconds(handling.hold),
            after_call_seconds=_seconds(handling.after_call),
            blind_transfers=handling.blind,
            consult_transfers=handling.consult,
            first_response_at=self.first_reply,
            first_human_response_at=self.first_human,
            human_replies=self.human_replies,
            bot_handed_off_at=self.handed_off_at,
            handled_by=self._handled_by(),
            resolved=outcome.resolved,
            first_resolved_at=outcome.first_resolved_at,
            resolved_at=outcome.resolved_at,
            closed_at=outcome.closed_at,
            reopened_at=tuple(outcome.reopened_at),
            queue=handling.queue,
            agent=handling.last_agent,
            reason=self.reason,
            priority=self.priority,
        )

    def standing(self) -> Standing:
        """Return how it stands: closed, else being talked about, else put off or settled, else where it is."""
        handling, outcome = self.handling, self.outcome
        state, since = handling.state, handling.since
        if outcome.state and outcome.since and (outcome.is_final or not handling.talking):
            state, since = outcome.state, outcome.since
        return Standing(state, since, handling.queue, handling.agent, self.priority, outcome.until)

    def _handled_by(self) -> str | None:
        if self.handling.handled or self.human_replies or self.handed_off_at:
            return _HUMAN
        return _BOT if self.bot else None


def _seconds(length: timedelta | None) -> float | None:
    return None if length is None else length.total_seconds()


_TAKERS: Final[dict[EventKind, Callable[[_Fold, Event], None]]] = {
    EventKind.QUEUED: _Fold.queued,
    EventKind.RINGING: _Fold.ringing,
    EventKind.ANSWERED: _Fold.answered_by,
    EventKind.HELD: lambda fold, event: fold.handling.held(event),
    EventKind.RESUMED: lambda fold, event: fold.handling.resumed(event),
    EventKind.TRANSFERRED_BLIND: _Fold.transferred_blind,
    EventKind.TRANSFERRED_CONSULT: _Fold.transferred_consult,
    EventKind.ENDED: lambda fold, event: fold.handling.ended(event),
    EventKind.WRAPPED_UP: lambda fold, event: fold.handling.wrapped_up(event),
    EventKind.ABANDONED: _Fold.abandoned,
    EventKind.BOT_REPLIED: _Fold.bot_replied,
    EventKind.BOT_HANDED_OFF: _Fold.bot_handed_off,
    EventKind.CUSTOMER_REPLIED: _Fold.customer_replied,
    EventKind.HUMAN_REPLIED: _Fold.human_replied,
    EventKind.PRIORITISED: lambda fold, event: None,
    EventKind.WAITING_ON_CUSTOMER: lambda fold, event: fold.outcome.put_off(State.WAITING_ON_CUSTOMER, event),
    EventKind.SNOOZED: lambda fold, event: fold.outcome.put_off(State.SNOOZED, event),
    EventKind.RESOLVED: lambda fold, event: fold.outcome.resolve(event),
    EventKind.CLOSED: lambda fold, event: fold.outcome.close(event),
    EventKind.REOPENED: _Fold.reopened,
}

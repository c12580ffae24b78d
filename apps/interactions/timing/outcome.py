"""What became of a contact: resolved, reopened, closed, put off."""

from datetime import datetime
from typing import Final

from apps.interactions.timing.events import Event
from apps.interactions.timing.results import State

_PUT_OFF: Final = (State.WAITING_ON_CUSTOMER, State.SNOOZED)


class Outcome:
    """`state` is one of WAITING_ON_CUSTOMER, SNOOZED, RESOLVED, CLOSED, ABANDONED; None while it is open."""

    def __init__(self) -> None:
        self.state: State | None = None
        self.since: datetime | None = None
        self.until: datetime | None = None
        self.resolved: bool | None = None
        self.first_resolved_at: datetime | None = None
        self.resolved_at: datetime | None = None
        self.closed_at: datetime | None = None
        self.reopened_at: list[datetime] = []

    @property
    def is_final(self) -> bool:
        return self.state in (State.CLOSED, State.ABANDONED)

    @property
    def is_settled(self) -> bool:
        return self.is_final or self.state is State.RESOLVED

    @property
    def is_put_off(self) -> bool:
        return self.state in _PUT_OFF

    def put_off(self, state: State, event: Event) -> None:
        """Wait for the customer or for a moment; not with what is settled."""
        if not self.is_settled:
            self._enter(state, event.at)
            self.until = event.until if state is State.SNOOZED else None

    def taken_up(self) -> None:
        """Go on with what was put off."""
        if self.is_put_off:
            self._enter(None, None)

    def abandon(self, event: Event) -> None:
        """Note that the customer gave up."""
        if not self.is_settled:
            self._enter(State.ABANDONED, event.at)

    def resolve(self, event: Event) -> None:
        """Resolve it. Of two resolutions with no reopening between, the first counts; a closed one stays closed."""
        if self.state not in (State.RESOLVED, State.CLOSED):
            self.resolved = True
            self.first_resolved_at = self.first_resolved_at or event.at
            self.resolved_at = event.at
            self._enter(State.RESOLVED, event.at)

    def close(self, event: Event) -> None:
        """Close it, for good until it is reopened."""
        if self.state is not State.CLOSED:
            self.closed_at = event.at
            self._enter(State.CLOSED, event.at)

    def reopen(self, event: Event) -> bool:
        """Open it again and tell whether that was so. A customer who gave up and came back reopens no resolution."""
        if not self.is_settled:
            return False
        if self.state is not State.ABANDONED:
            self.reopened_at.append(event.at)
            self.resolved = False
        self._enter(None, None)
        return True

    def _enter(self, state: State | None, at: datetime | None) -> None:
        self.state, self.since, self.until = state, at, None

"""How far an invitation got: which state is further than which, and when it was reached. Pure: no database.

What happens to invitations is told late, twice and in any order: by senders, by the page, by the clock. The states
are in one order, and an invitation is in the furthest that it was told of. So whatever order events come in, the
same state is reached, and none is ever gone back from.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

# The nearest first. What was opened after all did not bounce, as the message of one that came before may; who answers
# in time is heard, though that is taken in after the window closed; a bounce after that closed tells nothing new.
ORDER: Final = (
    "PLANNED",
    "SUPPRESSED",
    "SENT",
    "DELIVERED",
    "BOUNCED",
    "OPENED",
    "STARTED",
    "EXPIRED",
    "DECLINED",
    "ANSWERED",
)
_RANK: Final = {state: rank for rank, state in enumerate(ORDER)}

# In these the customer may still answer.
OPEN: Final = ("SENT", "DELIVERED", "OPENED", "STARTED")
# In these nothing more is asked of the customer.
ENDS: Final = ("SUPPRESSED", "BOUNCED", "EXPIRED", "DECLINED", "ANSWERED")

# Where the first moment of each state is kept.
MOMENTS: Final = {
    "SENT": "sent_at",
    "DELIVERED": "delivered_at",
    "OPENED": "opened_at",
    "STARTED": "started_at",
    "ANSWERED": "answered_at",
}
_ENDED: Final = ("BOUNCED", "EXPIRED", "DECLINED")


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an invitation is: its state, why it is in it where that was told, and the first moments of states."""

    state: str
    why: str | None = None
    moments: Mapping[str, datetime | None] = field(default_factory=dict)
    ended_at: datetime | None = None


def may_follow(state: str, after: str) -> bool:
    """Tell whether an invitation moves on to `state` from `after`."""
    return _RANK[state] > _RANK[after]


def moved(standing: Standing, state: str, at: datetime, why: str | None = None) -> Standing:
    """Return how far an invitation is once it is known that it was in a state at a moment."""
    if state in MOMENTS:
        name = MOMENTS[state]
        standing = replace(standing, moments={**standing.moments, name: _first(standing.moments.get(name), at)})
    if may_follow(state, standing.state):
        return replace(standing, state=state, why=why, ended_at=at if state in _ENDED else None)
    if state == standing.state and state in _ENDED:
        return replace(standing, ended_at=_first(standing.ended_at, at))
    return standing


# What another sender tells of an invitation, all at once.
_TOLD: Final = {**MOMENTS, "BOUNCED": "bounced_at"}


def state_told(moments: Mapping[str, Any]) -> str:
    """Return how far an invitation is of which a sender tells these moments; what is told of was sent."""
    told = (state for state, name in _TOLD.items() if moments.get(name) is not None)
    return max(told, key=_RANK.__getitem__, default="SENT")


def _first(known: datetime | None, told: datetime) -> datetime:
    return told if known is None else min(known, told)

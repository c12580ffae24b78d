"""What all that is done with a contact has in common: it is locked, looked at, and an event of it is made."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from apps.interactions.commands.events import NewEvent, append_events
from apps.interactions.models import Interaction
from apps.interactions.own_work import agent_of, handled_by
from apps.interactions.refolding import Refolded, refold
from apps.interactions.timing.events import EventKind
from apps.interactions.timing.results import State
from apps.interactions.work.agent_states import after_the_latest
from apps.interactions.work.rows import MADE_HERE
from cxplatform.audit.actors import Actor
from cxplatform.audit.trail import Subject, record_change
from cxplatform.errors import Conflict, Forbidden, NotFound
from cxplatform.ids import uuid7

TALKING: Final = frozenset({State.ACTIVE, State.HELD})
IN_HAND: Final = TALKING | {State.WRAP_UP}
SETTLED: Final = frozenset({State.RESOLVED, State.CLOSED, State.ABANDONED})
OPEN: Final = frozenset(State) - SETTLED
# An event to be made: its kind, and columns of it.
Happening = tuple[EventKind, Mapping[str, Any]]


def locked_contact(actor: Viewer, interaction_id: UUID, *, now: datetime) -> Refolded:
    """Lock an interaction and tell how it stands. Whoever sees only its own work may touch only what it has in hand.

    Raises: Forbidden; NotFound.
    """
    actor.require(Permission.RECORD)
    rows = Interaction.objects.filter(pk=interaction_id)
    if actor.only_own_work:
        rows = rows.filter(handled_by(actor.member_id))
    key = rows.values_list("source", "external_id").first()
    if key is None:
        raise NotFound("There is no such interaction.")
    (its,) = refold([key], now=now)
    if actor.only_own_work:
        itself = agent_of(actor.member_id)
        if its.standing.agent is not None and (itself is None or its.standing.agent != itself.id):
            raise Forbidden("Somebody else has this interaction.", field="interaction")
    return its


def insist(its: Refolded, states: Collection[State], what: str) -> None:
    """Insist on how a contact stands before something is done with it. Raises: Conflict, naming the state."""
    if its.standing.state not in states:
        among = ", ".join(state.value for state in State if state in states)
        raise Conflict(
            f"The interaction is {its.standing.state.value}; to be {what} it must be one of {among}.",
            field="interaction",
        )


def happen(actor: Actor, action: str, its: Refolded, *happenings: Happening, now: datetime, **told: object) -> Refolded:
    """Make events of a locked contact, now, and write the action down; return how it stands then."""
    at = after_the_latest(now, max((event.at for event in its.events), default=None))
    events = [
        NewEvent(interaction=its.key, kind=kind, at=at, external_id=f"{MADE_HERE}{uuid7()}", **values)
        for kind, values in happenings
    ]
    (after,) = append_events(events, now=now)
    record_change(
        actor=actor,
        action=action,
        subject=Subject("Interaction", its.id),
        now=now,
        before=_told(its),
        after=_told(after) | told,
    )
    return after


def _told(its: Refolded) -> dict[str, object]:
    standing = its.standing
    return {"state": standing.state.value, "queue": standing.queue, "agent": standing.agent}

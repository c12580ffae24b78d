"""What puts a contact off, or settles it: whoever has it has done with it."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from apps.accounts.viewer import Viewer
from apps.interactions.commands.contacts import IN_HAND, OPEN, SETTLED, Happening, happen, insist, locked_contact
from apps.interactions.commands.handling import waits_in
from apps.interactions.models import Reason
from apps.interactions.reasons.aliases import canonical
from apps.interactions.refolding import Refolded
from apps.interactions.timing.events import EventKind
from apps.interactions.timing.results import State
from apps.interactions.work.waking import wake_at
from cxplatform.errors import BadInput, Conflict

LONGEST_SNOOZE: Final = timedelta(days=366)


def snooze_interaction(*, actor: Viewer, interaction_id: UUID, until: datetime, now: datetime) -> Refolded:
    """Put a contact off until a moment, when it waits in its queue again; whoever has it has done with it.

    Raises: Forbidden; NotFound; BadInput for a moment that is past or too far; Conflict.
    """
    if not now < until <= now + LONGEST_SNOOZE:
        raise BadInput("It is put off to a moment to come, at most 366 days away.", field="until")
    its = locked_contact(actor, interaction_id, now=now)
    insist(its, OPEN, "put off")
    snoozed = (EventKind.SNOOZED, {"until": until})
    after = happen(actor.actor, "snooze_interaction", its, *_letting_go(its), snoozed, now=now, until=until)
    wake_at(until, its.id, now=now)
    return after


def wait_on_customer(*, actor: Viewer, interaction_id: UUID, now: datetime) -> Refolded:
    """Wait for the customer: until it replies, or somebody takes the contact up again. Whoever has it has done with it.

    Raises: Forbidden; NotFound; Conflict when it waits for the customer already, or is settled.
    """
    its = locked_contact(actor, interaction_id, now=now)
    insist(its, OPEN - {State.WAITING_ON_CUSTOMER}, "waiting on its customer")
    waiting: Happening = (EventKind.WAITING_ON_CUSTOMER, {})
    return happen(actor.actor, "wait_on_customer", its, *_letting_go(its), waiting, now=now)


def resolve_interaction(
    *, actor: Viewer, interaction_id: UUID, reason: str | None = None, resolution: str | None = None, now: datetime
) -> Refolded:
    """Resolve a contact, saying by path why the customer made contact and by a code how it was resolved.

    Whoever has it has done with it. Raises: Forbidden; NotFound; BadInput; Conflict.
    """
    code = (resolution or "").strip() or None
    if code is not None and len(code) > 100:
        raise BadInput("A code has at most 100 characters.", field="resolution")
    found = None if reason is None else _reason(reason)
    its = locked_contact(actor, interaction_id, now=now)
    insist(its, OPEN, "resolved")
    said = {"reason_id": found and found.id, "resolution": code}
    return happen(
        actor.actor,
        "resolve_interaction",
        its,
        *_letting_go(its),
        (EventKind.RESOLVED, said),
        now=now,
        reason=reason,
        resolution=code,
    )


def reopen_interaction(*, actor: Viewer, interaction_id: UUID, queue_id: UUID | None = None, now: datetime) -> Refolded:
    """Open a settled contact again, to wait in a queue: in the one it was in, where none is named.

    Raises: Forbidden; NotFound; BadInput where it was in none; Conflict when it is open, or the queue is retired.
    """
    its = locked_contact(actor, interaction_id, now=now)
    insist(its, SETTLED, "reopened")
    reopened = (EventKind.REOPENED, {"queue_id": waits_in(its, queue_id)})
    return happen(actor.actor, "reopen_interaction", its, reopened, now=now)


def _reason(path: str) -> Reason:
    """Return the reason that a path means by now. Raises: BadInput; Conflict where it is retired."""
    meant = canonical([path]).get(path, path)
    found = Reason.objects.filter(path=meant, merged_into=None).first()
    if found is None:
        raise BadInput("There is no such reason.", field="reason")
    if found.retired_at is not None:
        raise Conflict("The reason is retired.", field="reason")
    return found


def _letting_go(its: Refolded) -> list[Happening]:
    """Return what happens to a contact first that somebody has, when it is put off or settled."""
    return [(EventKind.WRAPPED_UP, {})] if its.standing.state in IN_HAND else []

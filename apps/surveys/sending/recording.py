"""Write down what became of messages that were handed over, and of those that nobody knows of."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from apps.surveys.invitations.advancing import advance
from apps.surveys.invitations.states import OPEN
from apps.surveys.models import Invitation
from apps.surveys.sending.outgoing import Fate, Outcome, Outgoing

UNSURE: Final = "UNSURE"
MOST_TRIES: Final = 5
_FIRST_WAIT: Final = timedelta(minutes=10)
_WHILE_DOWN: Final = timedelta(minutes=1)
_AT_ONCE: Final = 500


def record_outcome(message: Outgoing, outcome: Outcome, now: datetime) -> None:
    """Move an invitation on by what became of its message. Runs in the open door.

    Whoever took this work over meanwhile has settled it, to the effect that nothing is sent again; that stays.
    """
    rows = Invitation.objects.select_for_update().filter(pk=message.invitation, message_id=message.message_id)
    row = rows.filter(sending_since__isnull=False).first()
    if row is None:
        return
    changes: dict[str, object] = {"sending_since": None}
    if outcome.fate is Fate.LATER:
        changes |= _again(row, message, outcome, now)
    elif outcome.message_id:
        changes["message_id"] = outcome.message_id[:200]
    elif outcome.fate is Fate.UNSURE and message.is_reminder and row.state in OPEN:
        changes["why"] = UNSURE
    Invitation.objects.filter(pk=row.pk).update(**changes)
    _move(row, outcome, now)


def settle_unknown(now: datetime) -> int:
    """Take messages that a dead worker was about to hand over, or had, for sent: nobody is asked twice.

    A reminder is not repeated either; the next one goes out in its time. Who holds the lease of the job calls it in the
    lease's door: no other worker is sending then, or it has lost its right to say what became of it.
    """
    left = Invitation.objects.filter(sending_since__isnull=False).order_by("sending_since")[:_AT_ONCE]
    found = {row.pk: row for row in left}
    # Its customer may have been at the page already: then that it was sent is told all the same.
    first = {pk: row.sending_since for pk, row in found.items() if row.sent_at is None and row.sending_since}
    rows = Invitation.objects.filter(pk__in=list(found))
    rows.update(sending_since=None)
    rows.exclude(pk__in=list(first)).filter(state__in=OPEN).update(why=UNSURE)
    if first:
        advance(list(first), "SENT", first, UNSURE)
    return len(found)


def put_off(invitation_ids: Collection[UUID], now: datetime) -> None:
    """Have invitations and reminders wait a little, for nothing of their channel can be handed over."""
    rows, due = Invitation.objects.filter(pk__in=list(invitation_ids)), now + _WHILE_DOWN
    rows.filter(state="PLANNED").update(planned_for=due)
    rows.exclude(state="PLANNED").filter(remind_at__isnull=False).update(remind_at=due)


def _move(row: Invitation, outcome: Outcome, now: datetime) -> None:
    later = outcome.fate is Fate.LATER
    given_up = later and row.state == "PLANNED" and not outcome.is_down and row.tries + 1 >= MOST_TRIES
    if outcome.fate is Fate.REFUSED or given_up:
        advance([row.pk], "BOUNCED", now, outcome.why)
    elif not later and row.sent_at is None:
        advance([row.pk], "SENT", now, outcome.why)


def _again(row: Invitation, message: Outgoing, outcome: Outcome, now: datetime) -> Mapping[str, object]:
    """Try again later, longer each time. What went wrong for all messages is not held against this one."""
    tries = row.tries if outcome.is_down else row.tries + 1
    due = now + (_WHILE_DOWN if outcome.is_down else _FIRST_WAIT * 4**row.tries)
    if not message.is_reminder:
        # Nobody has the token.
        return {"planned_for": due, "tries": tries, "why": outcome.why, "token_hash": None, "message_id": None}
    return {"remind_at": due if tries < MOST_TRIES else None, "tries": tries, "reminded": row.reminded - 1}

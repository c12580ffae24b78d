"""Move invitations on, and write down what happened to them. The only writer of their state, moments and events.

Runs in the open door.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils import timezone

from apps.surveys.invitations.states import ENDS, MOMENTS, Standing, moved
from apps.surveys.models import Invitation, InvitationEvent
from cxplatform.dirty.marks import mark
from cxplatform.imports.loading import update_rows
from cxplatform.imports.tables import table_column
from cxplatform.tenancy.doors import current_brand

# How long what no campaign asked may be answered.
USUAL_OPEN_DAYS: Final = 14
_WRITTEN: Final = ("state", "why", *MOMENTS.values(), "ended_at", "expires_at", "remind_at", "updated_at")


def advance(
    invitation_ids: Collection[UUID], state: str, at: datetime | Mapping[UUID, datetime], why: str | None = None
) -> set[UUID]:
    """Tell that invitations were in a state at a moment, of all or of each; return those that moved on to it.

    Told again it changes nothing. What comes too late to move an invitation keeps its moment and is written down, and
    no more. A sent one gets when it expires and when its first reminder is due. Unknown ids are passed over.
    """
    rows = list(_locked(invitation_ids))
    when = {row.pk: at[row.pk] if isinstance(at, Mapping) else at for row in rows}
    known = set(
        InvitationEvent.objects.filter(invitation__in=list(when), state=state).values_list("invitation_id", "at")
    )
    told = [row for row in rows if (row.pk, when[row.pk]) not in known]
    before = {row.pk: row.state for row in told}
    days = {row.sent_at for row in told}
    for row in told:
        _move(row, state, when[row.pk], why)
    _store(told)
    InvitationEvent.objects.bulk_create(
        InvitationEvent(invitation=row, state=state, at=when[row.pk], why=why) for row in told
    )
    _mark({*days, *(row.sent_at for row in told)})
    return {row.pk for row in told if row.state == state != before[row.pk]}


def _store(rows: Sequence[Invitation]) -> None:
    """Write what moves at once: thousands expire together, for which Django's own way is ten times as slow."""
    if rows:
        columns = [table_column(Invitation._meta.get_field(name)) for name in _WRITTEN]
        values = [(*(getattr(row, column.attribute) for column in columns), row.pk) for row in rows]
        update_rows(Invitation._meta.db_table, columns, values)


def _locked(invitation_ids: Collection[UUID]) -> list[Invitation]:
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("campaign")
    return list(rows.filter(pk__in=list(invitation_ids)).order_by("pk"))


def _move(row: Invitation, state: str, at: datetime, why: str | None) -> None:
    moments = {name: getattr(row, name) for name in MOMENTS.values()}
    standing = moved(Standing(row.state, row.why, moments, row.ended_at), state, at, why)
    row.state, row.why, row.ended_at = standing.state, standing.why, standing.ended_at
    for name, moment in standing.moments.items():
        setattr(row, name, moment)
    if state == "SENT" and row.expires_at is None:
        _await_answer(row, at)
    if row.state in ENDS:
        row.remind_at = None
    row.updated_at = timezone.now()


def _await_answer(row: Invitation, at: datetime) -> None:
    campaign = row.campaign
    row.expires_at = at + timedelta(days=campaign.open_days if campaign else USUAL_OPEN_DAYS)
    if campaign and campaign.reminders:
        row.remind_at = at + timedelta(days=campaign.remind_after_days)


def _mark(moments: set[datetime | None]) -> None:
    zone = current_brand().zone
    mark("invitation", {moment.astimezone(zone).date() for moment in moments if moment is not None})

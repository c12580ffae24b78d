"""Let a report take effect on the invitation whose message it speaks of, in the open door."""

from datetime import datetime
from uuid import UUID

from apps.customers.models import ContactPurpose
from apps.surveys.invitations.advancing import advance
from apps.surveys.models import Invitation, InvitationState
from apps.surveys.sending.message_ids import invitation_of
from apps.surveys.sending.reports.report import Happened, Report
from cxplatform.audit.actors import SYSTEM
from cxplatform.imports.recording import RowRefused, record_row


def apply_report(report: Report, now: datetime, invitation_id: UUID | None = None) -> bool:
    """Move the invitation on, and withdraw consent where somebody complained; False if no message is known by the id.

    The same report once more changes nothing.
    """
    row = _found(report.message_id, invitation_id)
    if row is None:
        return False
    if report.happened is Happened.DELIVERED:
        advance([row.pk], InvitationState.DELIVERED, report.at)
    elif report.happened is Happened.BOUNCED:
        advance([row.pk], InvitationState.BOUNCED, report.at, report.reason)
    else:
        advance([row.pk], InvitationState.DECLINED, report.at, report.happened.name)
        _withdraw(row, report, now)
    return True


def _found(message_id: str, invitation_id: UUID | None) -> Invitation | None:
    """Find the invitation by its last message, else by what the id of an earlier one tells."""
    rows = Invitation.objects.select_related("customer")
    row = rows.filter(message_id=message_id.strip("<>")).first()
    told = invitation_id or invitation_of(message_id)
    if row is not None or told is None:
        return row
    return rows.filter(pk=told, message_id__isnull=False).first()


def _withdraw(row: Invitation, report: Report, now: datetime) -> None:
    customer = row.customer
    if customer is None:
        return
    values = {
        "source": customer.source,
        "external_id": f"invitation-{row.pk}-{report.happened.name.lower()}",
        "customer": customer.external_id,
        "purpose": ContactPurpose.SURVEYS.value,
        "granted": False,
        "at": report.at.isoformat(),
        "said_where": "report of a message",
    }
    try:
        record_row("consents", values, actor=SYSTEM, action="record_consent", now=now)
    except RowRefused:
        # The same was told before at another moment, which is never changed.
        return

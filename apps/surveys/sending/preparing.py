"""Decide that a message goes out now, and write that down before it does.

What is written first: since when it is being sent, under which id, and the hash of its token. It commits before
anybody hears of the message, so that whoever comes after a crash knows that it may have gone out.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import formataddr
from typing import Final
from uuid import UUID

from apps.surveys.campaigns.due import is_still_due
from apps.surveys.campaigns.reminders import count_reminder
from apps.surveys.forms import WordedForm, worded
from apps.surveys.invitations.advancing import advance
from apps.surveys.invitations.states import OPEN
from apps.surveys.models import FormerToken, FormState, Invitation, SendingChannel, SurveySending, SurveyVersion
from apps.surveys.reading_forms import form_of
from apps.surveys.sending.message_ids import new_message_id
from apps.surveys.sending.outgoing import Outgoing
from apps.surveys.sending.recipients import recipient_of
from apps.surveys.sending.stored import is_set_up, page_url
from apps.surveys.sending.tokens import new_token
from cxplatform.tenancy.doors import current_brand

NOT_SET_UP: Final = "NOT_SET_UP"
NO_ADDRESS: Final = "NO_ADDRESS"
# How long what cannot be sent for a setting waits before it is looked at again.
_SETTING_WAIT: Final = timedelta(hours=1)


def prepare(invitation_id: UUID, sending: SurveySending | None, now: datetime) -> Outgoing | None:
    """Write down that an invitation, or its reminder, is being sent, and return the message; None if it is not to be.

    It was taken in a transaction before: whether it is to be sent is decided once more, with its customer locked, and
    a reminder is counted. Runs in the open door, which must commit before anything is handed over.
    """
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("customer", "campaign", "survey")
    row = rows.filter(pk=invitation_id, sending_since=None).first()
    if row is None or row.state not in ("PLANNED", *OPEN):
        return None
    version = row.form_id or _newest_form(row.survey_id)
    if sending is None or version is None or not is_set_up(sending, row.channel):
        _put_off(row, now)
        return None
    recipient = recipient_of(row.customer, row.channel)
    if recipient is None:
        _leave(row, now)
        return None
    if not (is_still_due(row, now) if row.state == "PLANNED" else count_reminder(row, now)):
        return None
    return _written(row, version, sending, recipient, now)


def _written(row: Invitation, version: UUID, sending: SurveySending, recipient: str, now: datetime) -> Outgoing:
    brand, is_reminder = current_brand(), row.state != "PLANNED"
    token, token_hash = new_token(brand)
    if row.token_hash is not None:
        FormerToken.objects.create(token_hash=bytes(row.token_hash), invitation=row)
    domain = (sending.from_address or "").rpartition("@")[2] if row.channel == SendingChannel.EMAIL else None
    message_id = new_message_id(row.pk, domain)
    changes = {
        "token_hash": token_hash,
        "sending_since": now,
        "message_id": message_id,
        "form_id": version,
        "why": row.why if is_reminder else None,
    }
    _store(row, changes)
    return Outgoing(
        invitation=row.pk, brand=brand.id, channel=row.channel, recipient=recipient,
        page=page_url(sending.pages_url or "", token), form=_form(row, version), survey_key=row.survey.key,
        brand_name=sending.from_name or brand.name, message_id=message_id, is_reminder=is_reminder,
        sender=formataddr((sending.from_name or brand.name, sending.from_address or "")),
    )  # fmt: skip


def _form(row: Invitation, version: UUID) -> WordedForm:
    return worded(form_of(version), row.language or (row.customer.language if row.customer else None))


def _newest_form(survey_id: UUID) -> UUID | None:
    published = SurveyVersion.objects.filter(survey=survey_id, state=FormState.PUBLISHED)
    return published.order_by("-number").values_list("pk", flat=True).first()


def _put_off(row: Invitation, now: datetime) -> None:
    """Look at it again later, when somebody may have set what is missing."""
    if row.state == "PLANNED":
        _store(row, {"planned_for": now + _SETTING_WAIT, "why": NOT_SET_UP})
    else:
        _store(row, {"remind_at": now + _SETTING_WAIT})


def _leave(row: Invitation, now: datetime) -> None:
    """Ask nobody who cannot be reached, and remind nobody who cannot be any more."""
    if row.state == "PLANNED":
        advance([row.pk], "SUPPRESSED", now, NO_ADDRESS)
    else:
        _store(row, {"remind_at": None})


def _store(row: Invitation, changes: Mapping[str, object]) -> None:
    Invitation.objects.filter(pk=row.pk).update(**changes)

"""Setting in whose name a brand's surveys are sent and by what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final
from urllib.parse import urlsplit

from django.db import transaction

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from apps.surveys.models import Invitation, InvitationState, SurveySending
from apps.surveys.models.sending import THE_ROW
from apps.surveys.sending.checking import checked
from apps.surveys.sending.preparing import NOT_SET_UP
from apps.surveys.sending.secrets import seal
from apps.surveys.sending.stored import REPORTS, SENDER
from cxplatform.audit.trail import Subject, record_change
from cxplatform.jobs.tasks import run_jobs
from cxplatform.tenancy.doors import current_brand
from cxplatform.webhooks.signing import new_secret

COLUMNS: Final = ("from_name", "from_address", "pages_url", "sms_url", "chat_url")


@dataclass(frozen=True, slots=True)
class Secrets:
    """Shown once, when they are made."""

    sender: str
    reports: str


def set_survey_sending(
    *, actor: Viewer, values: Mapping[str, Any], renew_secrets: bool, now: datetime
) -> tuple[SurveySending, Secrets | None]:
    """Change what is given of a brand's sending; both secrets are made the first time, and anew on demand.

    What could not be sent for want of it is sent now. Raises: Forbidden; BadInput naming the field.
    """
    actor.require(Permission.CONFIGURE)
    given = checked(values)
    stored = SurveySending.objects.select_for_update(no_key=True).filter(pk=THE_ROW).first()
    row = stored or SurveySending(updated_at=now)
    changed = {name: value for name, value in given.items() if getattr(row, name) != value}
    before = {name: getattr(row, name) for name in changed}
    for name, value in changed.items():
        setattr(row, name, value)
    secrets = _make_secrets(row) if stored is None or renew_secrets else None
    if not changed and secrets is None:
        return row, None
    row.updated_at = now
    row.save(force_insert=stored is None)
    _write_down(actor, now, before=before, after=changed | ({"secrets": "made"} if secrets else {}))
    _take_up_again(now)
    return row, secrets


def _make_secrets(row: SurveySending) -> Secrets:
    made, brand = Secrets(new_secret(), new_secret()), current_brand()
    row.sender_secret, row.report_secret = seal(made.sender, brand, SENDER), seal(made.reports, brand, REPORTS)
    return made


def _take_up_again(now: datetime) -> None:
    waiting = Invitation.objects.filter(state=InvitationState.PLANNED, why=NOT_SET_UP)
    if waiting.update(planned_for=now, why=None):
        transaction.on_commit(partial(run_jobs.wake, current_brand().id), robust=True)


def _write_down(actor: Viewer, now: datetime, *, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    record_change(
        actor=actor.actor,
        action="set_survey_sending",
        subject=Subject("SurveySending", str(THE_ROW)),
        now=now,
        before=_shown(before),
        after=_shown(after),
    )


def _shown(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values for the trail: of addresses no more than whose they are, for the rest may be a key."""
    hosts = {name: urlsplit(value).hostname for name, value in values.items() if name.endswith("_url") and value}
    return {**values, **hosts}

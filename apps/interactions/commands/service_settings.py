"""Changing what a brand sets about its service."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from apps.interactions.models import ServiceSettings
from apps.interactions.models.service_settings import MOST_MEDIA_DAYS, THE_ROW
from apps.interactions.service_settings import rejoin_later
from cxplatform.audit.trail import Subject, record_change
from cxplatform.errors import BadInput
from cxplatform.jobs.tasks import run_jobs
from cxplatform.tenancy.doors import current_brand

COLUMNS = ("case_days", "media_days")


def update_service_settings(*, actor: Viewer, values: Mapping[str, Any], now: datetime) -> ServiceSettings:
    """Change what is given of a brand's settings. All cases are made anew by another window.

    Raises: Forbidden; BadInput naming the field.
    """
    actor.require(Permission.CONFIGURE)
    _check(values)
    ServiceSettings.objects.bulk_create([ServiceSettings(updated_at=now)], ignore_conflicts=True)
    stored = ServiceSettings.objects.select_for_update(no_key=True).get(pk=THE_ROW)
    changed = {name: value for name, value in values.items() if getattr(stored, name) != value}
    if not changed:
        return stored
    before = {name: getattr(stored, name) for name in changed}
    for name, value in (*changed.items(), ("updated_at", now)):
        setattr(stored, name, value)
    stored.save(update_fields=[*changed, "updated_at"])
    if "case_days" in changed:
        rejoin_later(now)
        transaction.on_commit(partial(run_jobs.wake, current_brand().id), robust=True)
    subject = Subject("ServiceSettings", str(THE_ROW))
    record_change(
        actor=actor.actor, action="update_service_settings", subject=subject, now=now, before=before, after=changed
    )
    return stored


def _check(values: Mapping[str, Any]) -> None:
    if not set(values) <= set(COLUMNS):
        raise AssertionError(values)
    days = values.get("case_days", 1)
    if days is None or not 1 <= days <= 30:
        raise BadInput("The window is 1 to 30 days.", field="case_days")
    kept = values.get("media_days")
    if kept is not None and not 1 <= kept <= MOST_MEDIA_DAYS:
        raise BadInput(f"References are kept 1 to {MOST_MEDIA_DAYS} days, or for ever.", field="media_days")

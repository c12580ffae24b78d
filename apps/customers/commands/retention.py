"""For how long a brand keeps what it knows of inactive customers."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from cxplatform.audit.trail import Subject, record_change
from cxplatform.errors import BadInput
from cxplatform.jobs.tasks import run_jobs
from cxplatform.privacy.models import MOST_DAYS, RULES, THE_ROW, RetentionRules, RetentionSweep
from cxplatform.privacy.sweeping import begin_sweep
from cxplatform.tenancy.doors import current_brand


def retention_rules() -> RetentionRules:
    """Return the open door's brand's rules; none, where nothing was set."""
    return RetentionRules.objects.filter(pk=THE_ROW).first() or RetentionRules()


def set_retention_rules(*, actor: Viewer, values: Mapping[str, Any], now: datetime) -> RetentionRules:
    """Change what is given of a brand's rules; None keeps things for ever. Raises: Forbidden; BadInput."""
    actor.require(Permission.MANAGE)
    _check(values)
    RetentionRules.objects.bulk_create([RetentionRules(updated_at=now)], ignore_conflicts=True)
    stored = RetentionRules.objects.select_for_update(no_key=True).get(pk=THE_ROW)
    before = {rule: getattr(stored, rule) for rule, days in values.items() if getattr(stored, rule) != days}
    if not before:
        return stored
    after = {rule: values[rule] for rule in before}
    for name, value in (*after.items(), ("updated_at", now)):
        setattr(stored, name, value)
    stored.save()
    subject = Subject("RetentionRules", str(THE_ROW))
    record_change(actor=actor.actor, action="set_retention_rules", subject=subject, now=now, before=before, after=after)
    return stored


def preview_retention(*, actor: Viewer, values: Mapping[str, Any], now: datetime) -> RetentionSweep:
    """Count in the background what rules would erase: the brand's, changed by what is given.

    Returns the count that is under way, if one is. Raises: Forbidden; BadInput.
    """
    actor.require(Permission.MANAGE)
    _check(values)
    rules = retention_rules()
    for rule, days in values.items():
        setattr(rules, rule, days)
    begun = begin_sweep(rules, dry_run=True, now=now)
    if begun.requested_at == now:
        told = {rule: getattr(rules, rule) for rule in RULES}
        subject = Subject("RetentionSweep", begun.id)
        record_change(actor=actor.actor, action="preview_retention", subject=subject, now=now, after=told)
        transaction.on_commit(partial(run_jobs.wake, current_brand().id), robust=True)
    return begun


def _check(values: Mapping[str, Any]) -> None:
    for rule, days in values.items():
        if rule not in RULES:
            raise AssertionError(rule)
        if days is not None and not 1 <= days <= MOST_DAYS:
            raise BadInput(f"It is kept 1 to {MOST_DAYS:,} days, or for ever.", field=rule)

"""Making, revising and retiring service-level policies. A version is never changed: a new one takes its place."""

from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from django.db import IntegrityError, transaction

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from apps.interactions.models import Calendar, SlaPolicy, SlaPolicyVersion
from apps.interactions.sla.written import Written, check
from apps.interactions.slas.marks import mark_opened_since
from apps.interactions.slas.policies import lock_promises
from cxplatform.audit.trail import Subject, record_change
from cxplatform.errors import BadInput, Conflict, NotFound
from cxplatform.named import checked_key, checked_name

# Whoever makes targets reads all versions of all policies.
MOST_POLICIES: Final = 100
MOST_VERSIONS: Final = 200
_EARLIEST: Final = datetime(1900, 1, 1, tzinfo=UTC)


def create_sla_policy(
    *,
    actor: Viewer,
    key: str,
    name: str,
    written: Written,
    calendar_id: UUID | None,
    effective_from: datetime | None,
    now: datetime,
) -> SlaPolicy:
    """Make a policy for contacts opened from an instant on, now if none is given; past ones are made anew.

    Raises: Forbidden; NotFound; BadInput naming the field; Conflict when the key is taken or there are too many.
    """
    actor.require(Permission.CONFIGURE)
    since = _checked_since(effective_from or now)
    calendar = _checked(written, calendar_id)
    lock_promises()
    if SlaPolicy.objects.count() >= MOST_POLICIES:
        raise Conflict(f"A brand has {MOST_POLICIES} policies at most; revise one.")
    try:
        with transaction.atomic():
            policy = SlaPolicy.objects.create(key=checked_key(key), name=checked_name(name), created_at=now)
    except IntegrityError as error:
        raise Conflict("A policy with this key exists.", field="key") from error
    version = _add(policy, written, calendar, since, now)
    _record(actor, "create_sla_policy", policy, now=now, after={"name": policy.name, **_told(version)})
    return policy


def revise_sla_policy(
    *,
    actor: Viewer,
    policy_id: UUID,
    written: Written,
    calendar_id: UUID | None,
    effective_from: datetime | None,
    now: datetime,
) -> SlaPolicyVersion:
    """Say what a policy says to contacts opened from an instant on; all of it, and those opened before keep theirs.

    Raises: Forbidden; NotFound; BadInput naming the field; Conflict when it is retired, or has a version from then on.
    """
    actor.require(Permission.CONFIGURE)
    policy = _locked(policy_id)
    if policy.retired_at is not None:
        raise Conflict("The policy is retired.", field="id")
    since = _checked_since(effective_from or now)
    calendar = _checked(written, calendar_id)
    if policy.versions.filter(effective_from__gte=since).exists():
        raise Conflict("The policy has a version from then on or later.", field="effective_from")
    version = _add(policy, written, calendar, since, now)
    _record(actor, "revise_sla_policy", policy, now=now, after=_told(version))
    return version


def retire_sla_policy(*, actor: Viewer, policy_id: UUID, now: datetime) -> SlaPolicy:
    """Promise nothing more to contacts opened from now on. Raises: Forbidden; NotFound."""
    actor.require(Permission.CONFIGURE)
    policy = _locked(policy_id)
    if policy.retired_at is None:
        policy.retired_at = now
        policy.save(update_fields=["retired_at"])
        mark_opened_since(now)
        _record(actor, "retire_sla_policy", policy, now=now, before={"retired_at": None}, after={"retired_at": now})
    return policy


def _locked(policy_id: UUID) -> SlaPolicy:
    lock_promises()
    policy = SlaPolicy.objects.filter(pk=policy_id).first()
    if policy is None:
        raise NotFound("There is no such policy.")
    return policy


def _checked_since(since: datetime) -> datetime:
    if since < _EARLIEST:
        raise BadInput("A version holds from 1900 on at the earliest.", field="effective_from")
    return since


def _checked(written: Written, calendar_id: UUID | None) -> Calendar | None:
    check(written, has_calendar=calendar_id is not None)
    if calendar_id is None:
        return None
    calendar = Calendar.objects.filter(pk=calendar_id).first()
    if calendar is None:
        raise NotFound("There is no such calendar.", field="calendar_id")
    if calendar.retired_at is not None:
        raise Conflict("The calendar is retired.", field="calendar_id")
    return calendar


def _add(
    policy: SlaPolicy, written: Written, calendar: Calendar | None, since: datetime, now: datetime
) -> SlaPolicyVersion:
    number = 1 + policy.versions.count()
    if number > MOST_VERSIONS:
        raise Conflict(f"A policy has {MOST_VERSIONS} versions at most; make another.", field="id")
    version = SlaPolicyVersion.objects.create(
        policy=policy,
        number=number,
        effective_from=since,
        calendar=calendar,
        created_at=now,
        **msgspec.to_builtins(written),
    )
    mark_opened_since(since)
    return version


def _told(version: SlaPolicyVersion) -> dict[str, object]:
    names = ("number", "effective_from", "rank", "channels", "priorities", "queues", "segments", "targets")
    calendar = version.calendar.key if version.calendar else None
    return {"calendar": calendar, **{name: getattr(version, name) for name in names}}


def _record(actor: Viewer, action: str, policy: SlaPolicy, **told: Any) -> None:
    record_change(actor=actor.actor, action=action, subject=Subject("SlaPolicy", policy.id, policy.key), **told)

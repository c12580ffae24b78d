"""Segments made, revised and retired; who is in them is found in the background."""

from datetime import datetime
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from apps.customers.models import Segment, SegmentMember, SegmentVersion
from apps.customers.segments.evaluating import leave
from apps.customers.segments.rules import Rule, checked
from apps.customers.segments.turns import evaluate_later
from cxplatform.audit.trail import Subject, record_change
from cxplatform.errors import BadInput, Conflict, NotFound
from cxplatform.jobs.tasks import run_jobs
from cxplatform.tenancy.doors import current_brand

MOST_SEGMENTS: Final = 200


def create_segment(*, actor: Viewer, key: str, name: str, rules: Rule, now: datetime) -> Segment:
    """Make a segment by rules. Raises: Forbidden; BadInput; Conflict where the key is taken, or there are too many."""
    actor.require(Permission.CONFIGURE)
    plain, said = key.strip(), checked(rules)
    if not 1 <= len(plain) <= 100:
        raise BadInput("A key has 1 to 100 characters.", field="key")
    if Segment.objects.filter(key=plain).exists():
        raise Conflict("There is a segment of this key.", field="key")
    if Segment.objects.filter(retired_at=None).count() >= MOST_SEGMENTS:
        raise Conflict(f"A brand has {MOST_SEGMENTS} segments in use at most.", field="key")
    made = Segment.objects.create(key=plain, name=_name(name or plain), rules=said, version=1, created_at=now)
    _keep_version(actor, made, now)
    _record(actor, "create_segment", made, now, before={}, after={"key": plain, "rules": said})
    return made


def update_segment(
    *, actor: Viewer, segment_id: UUID, name: str | None = None, rules: Rule | None = None, now: datetime
) -> Segment:
    """Call a segment otherwise, or let other rules hold. Raises: Forbidden; NotFound; BadInput; Conflict."""
    actor.require(Permission.CONFIGURE)
    segment = _in_use(segment_id)
    before: dict[str, Any] = {"name": segment.name, "rules": segment.rules}
    if name is not None:
        segment.name = _name(name)
    said = segment.rules if rules is None else checked(rules)
    if said != segment.rules:
        segment.rules, segment.version = said, segment.version + 1
        _keep_version(actor, segment, now)
    after = {"name": segment.name, "rules": segment.rules}
    if after != before:
        segment.save(update_fields=["name", "rules", "version"])
        _record(actor, "update_segment", segment, now, before=before, after=after)
    return segment


def retire_segment(*, actor: Viewer, segment_id: UUID, now: datetime) -> Segment:
    """Let nobody be in a segment any more; its history stays. Raises: Forbidden; NotFound; Conflict."""
    actor.require(Permission.CONFIGURE)
    segment = _in_use(segment_id)
    left = leave(SegmentMember.objects.filter(segment=segment), now)
    segment.retired_at, segment.size = now, 0
    segment.save(update_fields=["retired_at", "size"])
    _record(actor, "retire_segment", segment, now, before={"size": left}, after={"retired_at": now})
    return segment


def _in_use(segment_id: UUID) -> Segment:
    found = Segment.objects.select_for_update(no_key=True).filter(pk=segment_id).first()
    if found is None:
        raise NotFound("There is no such segment.", field="id")
    if found.retired_at is not None:
        raise Conflict("The segment is retired.", field="id")
    return found


def _name(name: str) -> str:
    if not 1 <= len(name.strip()) <= 200:
        raise BadInput("A name has 1 to 200 characters.", field="name")
    return name.strip()


def _keep_version(actor: Viewer, segment: Segment, now: datetime) -> None:
    SegmentVersion.objects.create(
        segment=segment, number=segment.version, since=now, rules=segment.rules, actor_name=actor.actor.name[:200]
    )
    evaluate_later(now)
    transaction.on_commit(partial(run_jobs.wake, current_brand().id), robust=True)


def _record(
    actor: Viewer, action: str, segment: Segment, now: datetime, *, before: dict[str, Any], after: dict[str, Any]
) -> None:
    subject = Subject("Segment", segment.pk, label=segment.key)
    record_change(actor=actor.actor, action=action, subject=subject, now=now, before=before, after=after)

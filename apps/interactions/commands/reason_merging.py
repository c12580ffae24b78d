"""Merging reasons: what hung on them counts under the one that stays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from django.db import transaction

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from apps.interactions.models import Reason, ReasonAlias
from apps.interactions.placing.anew import place_anew_later
from apps.interactions.reasons import moving, tree
from apps.interactions.reasons.paths import is_at_or_below, joined
from cxplatform.audit.trail import Subject, record_change
from cxplatform.errors import BadInput, Conflict
from cxplatform.jobs.commands import enqueue
from cxplatform.jobs.tasks import run_jobs
from cxplatform.tenancy.doors import current_brand

MOST_MERGED: Final = 50


@dataclass(frozen=True)
class Merged:
    """The reason that stays; how many rows count under it by now, and whether a job goes on moving more."""

    reason: Reason
    moved: int
    is_moving: bool


def merge_reasons(*, actor: Viewer, reason_ids: Sequence[UUID], into_id: UUID, now: datetime) -> Merged:
    """Merge reasons into one for ever: what lies below them goes below it, and their paths lead to it.

    Interactions and what else hangs on them are moved here, or by a job where there are many. Raises: Forbidden;
    NotFound; BadInput; Conflict where one was merged before, the one that stays is retired or lies below them, or two
    of what lies below have one name.
    """
    actor.require(Permission.CONFIGURE)
    if not 1 <= len(set(reason_ids)) <= MOST_MERGED:
        raise BadInput(f"1 to {MOST_MERGED} reasons are merged at once.", field="reasons")
    tree.lock_tree()
    into = tree.in_use(into_id, "into")
    merged = []
    for reason_id in dict.fromkeys(reason_ids):
        reason = tree.live(reason_id, "reasons")
        if is_at_or_below(into.path, reason.path):
            raise Conflict(f"{into.path} lies at or below {reason.path}.", field="into")
        _merge(reason, into, now)
        merged.append(reason)
        # What lay below may be the one that stays by now.
        into.refresh_from_db()
    moving.move_links([reason.id for reason in merged], into)
    place_anew_later(into, now)
    moved, is_moving = _move(merged, into, now)
    record_change(
        actor=actor.actor,
        action="merge_reasons",
        subject=Subject("Reason", into.id, into.path),
        now=now,
        before={"reasons": [{"id": str(reason.id), "path": reason.path} for reason in merged]},
        after={"path": into.path, "moved": moved, "moving": is_moving},
    )
    return Merged(into, moved, is_moving)


def _merge(reason: Reason, into: Reason, now: datetime) -> None:
    """Put what lies below under the one that stays, and let the path lead there, and whatever led to the path."""
    changed = []
    for child in Reason.objects.filter(parent=reason, merged_into=None).order_by("path"):
        changed += tree.replant(child, joined(into.path, child.name), field="reasons")
        child.parent = into
    reason.merged_into, reason.retired_at = into, reason.retired_at or now
    tree.store([reason, *changed], now=now)
    ReasonAlias.objects.filter(reason=reason).update(reason=into)
    ReasonAlias.objects.create(path=reason.path, reason=into)


def _move(merged: list[Reason], into: Reason, now: datetime) -> tuple[int, bool]:
    ids = [reason.id for reason in merged]
    moved = moving.move_rows(ids, into.id, now=now)
    if not moving.are_left(ids):
        return moved, False
    for reason in merged:
        enqueue(moving.JOB_KIND, {"reason": str(reason.id)}, now=now)
    transaction.on_commit(partial(run_jobs.wake, current_brand().id), robust=True)
    return moved, True

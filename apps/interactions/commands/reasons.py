"""Making, renaming, moving and retiring reasons. What was named before leads to what it became."""

from datetime import datetime
from typing import Any
from uuid import UUID

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from apps.interactions.models import Reason
from apps.interactions.placing.anew import place_anew_later
from apps.interactions.reasons import tree
from apps.interactions.reasons.paths import checked_name, checked_path, joined
from apps.interactions.reasons.versions import next_number, write_versions
from cxplatform.audit.trail import Subject, record_change
from cxplatform.errors import Conflict


def create_reason(*, actor: Viewer, name: str, parent_id: UUID | None, now: datetime) -> Reason:
    """Make a reason, below another or at the root.

    Raises: Forbidden; NotFound; BadInput naming the field; Conflict when the parent is retired or the path is known.
    """
    actor.require(Permission.CONFIGURE)
    tree.lock_tree()
    parent = None if parent_id is None else tree.in_use(parent_id, "parent")
    plain = checked_name(name)
    path = checked_path(joined(parent.path if parent else None, plain))
    tree.claim({path: None}, "name")
    reason = Reason.objects.create(path=path, name=plain, parent=parent)
    write_versions([reason], number=next_number(), now=now)
    _record(actor, "create_reason", reason, now=now, after={"path": path})
    return reason


def rename_reason(*, actor: Viewer, reason_id: UUID, name: str, now: datetime) -> Reason:
    """Give a reason another name; it and all below it keep their ids, and their old paths lead to them.

    Raises: Forbidden; NotFound; BadInput naming the field; Conflict when it was merged or the path leads elsewhere.
    """
    actor.require(Permission.CONFIGURE)
    tree.lock_tree()
    reason, plain = tree.live(reason_id), checked_name(name)
    if plain != reason.name:
        old, changed = reason.path, tree.replant(reason, joined(_above(reason.path), plain), field="name")
        reason.name = plain
        tree.store(changed, now=now)
        _record(actor, "rename_reason", reason, now=now, before={"path": old}, after=_after(changed))
    return reason


def move_reason(*, actor: Viewer, reason_id: UUID, parent_id: UUID | None, now: datetime) -> Reason:
    """Put a reason with all below it below another one, or at the root; old paths lead to where they went.

    Raises: Forbidden; NotFound; BadInput where it would lie too deep; Conflict when it was merged, would lie below
    itself, the parent is retired, or the path leads elsewhere.
    """
    actor.require(Permission.CONFIGURE)
    tree.lock_tree()
    reason = tree.live(reason_id)
    if parent_id == reason.id:
        raise Conflict("A reason cannot lie below itself.", field="parent")
    parent = None if parent_id is None else tree.in_use(parent_id, "parent")
    if parent_id != reason.parent_id:
        old, path = reason.path, joined(parent.path if parent else None, reason.name)
        changed = tree.replant(reason, path, field="parent")
        reason.parent = parent
        tree.store(changed, now=now)
        place_anew_later(reason, now)
        _record(actor, "move_reason", reason, now=now, before={"path": old}, after=_after(changed))
    return reason


def retire_reason(*, actor: Viewer, reason_id: UUID, now: datetime) -> Reason:
    """Close a reason and all below it to new uses by people for ever; imports that name it are counted under it still.

    Raises: Forbidden; NotFound; Conflict when it was merged.
    """
    actor.require(Permission.CONFIGURE)
    tree.lock_tree()
    reason = tree.live(reason_id)
    changed = [each for each in (reason, *tree.below(reason)) if each.retired_at is None]
    for each in changed:
        each.retired_at = now
    if changed:
        tree.store(changed, now=now)
        after = {"retired_at": now, "reasons": len(changed)}
        _record(actor, "retire_reason", reason, now=now, before={"retired_at": None}, after=after)
    return reason


def _above(path: str) -> str | None:
    return path.rpartition("/")[0] or None


def _after(changed: list[Reason]) -> dict[str, object]:
    return {"path": changed[0].path, "reasons": len(changed)}


def _record(actor: Viewer, action: str, reason: Reason, **told: Any) -> None:
    record_change(actor=actor.actor, action=action, subject=Subject("Reason", reason.id, reason.path), **told)

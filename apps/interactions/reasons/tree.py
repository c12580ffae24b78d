"""The tree as commands change it: one at a time in a brand, every path leading to one reason for ever."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from apps.interactions.models.reason import Reason, ReasonAlias
from apps.interactions.reasons.paths import checked_path, is_at_or_below, moved
from apps.interactions.reasons.versions import begin_versions, next_number, unversioned, write_versions
from cxplatform.errors import Conflict, NotFound
from cxplatform.imports.locks import lock_kinds_naming

# So many reasons may change their paths in one request.
MOST_CHANGED: Final = 2_000


def lock_tree() -> None:
    """Let nobody else change the tree, nor import what names reasons, until the transaction ends.

    So no two moves can make a circle, and no import puts a reason below one that is on its way elsewhere.
    """
    lock_kinds_naming(Reason)


def live(reason_id: UUID, field: str = "id") -> Reason:
    """Return a reason that was not merged. Raises: NotFound; Conflict naming the one it was merged into."""
    reason = Reason.objects.select_related("merged_into", "parent").filter(pk=reason_id).first()
    if reason is None:
        raise NotFound("There is no such reason.", field=field)
    if reason.merged_into is not None:
        raise Conflict(f"The reason was merged into {reason.merged_into.path}.", field=field)
    return reason


def in_use(reason_id: UUID, field: str) -> Reason:
    """Return a reason that is neither merged nor retired. Raises: NotFound; Conflict."""
    reason = live(reason_id, field)
    if reason.retired_at is not None:
        raise Conflict("The reason is retired.", field=field)
    return reason


def below(reason: Reason) -> list[Reason]:
    """Return all that lies below a reason, but what was merged. Raises: Conflict past what one request may change."""
    found = list(Reason.objects.filter(path__startswith=f"{reason.path}/", merged_into=None)[: MOST_CHANGED + 1])
    if len(found) > MOST_CHANGED:
        raise Conflict(f"More than {MOST_CHANGED:,} reasons lie below it: change parts of it first.", field="id")
    return found


def replant(reason: Reason, path: str, *, field: str) -> list[Reason]:
    """Give a reason another path, and all below it theirs; where they were leads to them. Return all that changed.

    Raises: Conflict where a path leads elsewhere, or would lie below itself; BadInput where one is too long.
    """
    if is_at_or_below(path, reason.path) and path != reason.path:
        raise Conflict("A reason cannot lie below itself.", field=field)
    changed, old = [reason, *below(reason)], reason.path
    new = {each.id: checked_path(moved(each.path, old, path)) for each in changed}
    _take(changed, new, field)
    for each in changed:
        each.path = new[each.id]
    return changed


def store(changed: Collection[Reason], *, now: datetime) -> None:
    """Store what reasons became, and the version of the tree in which they did."""
    begin_versions(unversioned([reason.id for reason in changed]))
    Reason.objects.bulk_update(changed, ["path", "name", "parent", "retired_at", "merged_into"], batch_size=500)
    write_versions(changed, number=next_number(), now=now)


def claim(paths: Mapping[str, UUID | None], field: str) -> None:
    """Check that each path leads nowhere yet, or to the reason that takes it. Raises: Conflict."""
    held = dict(Reason.objects.filter(path__in=paths, merged_into=None).values_list("path", "id"))
    held |= dict(ReasonAlias.objects.filter(path__in=paths).values_list("path", "reason_id"))
    taken = next((path for path, owner in sorted(held.items()) if owner != paths[path]), None)
    if taken is not None:
        raise Conflict(f"{taken} is the path of another reason, or was one and leads to it.", field=field)


def _take(changed: Collection[Reason], new: Mapping[UUID, str], field: str) -> None:
    """Leave the old paths as ways to their reasons, and take the new ones."""
    claim({new[each.id]: each.id for each in changed}, field)
    ReasonAlias.objects.filter(path__in=new.values()).delete()
    ReasonAlias.objects.bulk_create(
        (ReasonAlias(path=each.path, reason=each) for each in changed if each.path != new[each.id]), batch_size=500
    )

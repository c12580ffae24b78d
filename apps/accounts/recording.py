"""The one way by which somebody records a row: checks that it records at all, and then that the row is its own work."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from cxplatform.errors import Forbidden
from cxplatform.imports.guards import Guard, Write
from cxplatform.imports.recording import record_row

# Whether a stored row is the member's own work; and what a write of its own may say.
IsOwn = Callable[[UUID, UUID], bool]
Check = Callable[[UUID, Write], None]


def record_as(
    actor: Viewer,
    kind: str,
    values: Mapping[str, object],
    *,
    action: str,
    now: datetime,
    is_own: IsOwn,
    check: Check,
) -> UUID:
    """Store one row of the kind in the open brand door, write the action down, and return the row's id.

    Whoever sees only its own work changes only that: of any other stored row it learns no more than that it is not
    its own. `is_own` is given the member and the row; `check` the member and the write, and raises what forbids it.
    Raises: Forbidden; RowRefused with every problem.
    """
    if not actor.may(Permission.RECORD):
        raise Forbidden("Your role does not record.")
    guard = _guard(actor.member_id, is_own, check) if actor.only_own_work else None
    return record_row(kind, values, actor=actor.actor, action=action, now=now, guard=guard)


def _guard(member_id: UUID, is_own: IsOwn, check: Check) -> Guard:
    def guard(write: Write) -> None:
        if write.stored is not None and not is_own(member_id, write.stored.id):
            raise Forbidden("This external id is not yours.", field="external_id")
        check(member_id, write)

    return guard

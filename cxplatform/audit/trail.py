"""Leave a trace of what is done, in the transaction that does it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from cxplatform.audit.actors import Actor
from cxplatform.audit.chain import append
from cxplatform.audit.links import NOTHING, Link, told
from cxplatform.ids import uuid7
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import DoorError, before_commit, brand_tx, current_door
from cxplatform.tenancy.scope import current_request_id

ACCESS = "access"
# Stands in the trail for personal data, which is never in it: nobody could take it out again.
PERSONAL = "(personal)"


@dataclass(frozen=True)
class Subject:
    """What something was done to. A label is for people, and holds no personal data of customers."""

    type: str
    id: UUID | str = ""
    label: str = ""


def record_change(
    *,
    actor: Actor,
    action: str,
    subject: Subject,
    now: datetime,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    brand_ids: Iterable[UUID] = (),
) -> None:
    """Have a change written down as the open door's last act; not if the savepoint it was made in is rolled back.

    `action` is the command's name; `before` and `after` hold what changed and neither secrets nor personal data.
    `brand_ids` say, in the shared door, which brands it is about: who may not see them all does not see the event.
    """
    door = current_door()
    if door is None:
        raise DoorError("A change is written down in the door it is made in.")
    link = _link(actor, action, subject, now, before=before, after=after, brand_ids=brand_ids)
    before_commit(partial(append, door.schema, [link]))


def record_access(
    brand: BrandRef, *, actor: Actor, subject: Subject, now: datetime, details: Mapping[str, object] | None = None
) -> None:
    """Write down that somebody from outside the brand reaches into it, before it does; without that, it may not.

    Opens the brand's door for itself. The COMMIT does not wait for the disk.
    """
    link = _link(actor, ACCESS, subject, now, after=details)
    with brand_tx(brand):
        append(brand.schema, [link], lazily=True)


def _link(
    actor: Actor,
    action: str,
    subject: Subject,
    now: datetime,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    brand_ids: Iterable[UUID] = (),
) -> Link:
    return Link(
        id=uuid7(),
        sequence=0,
        at=now,
        actor_id=actor.member_id,
        actor_name=actor.name[:200],
        actor_role=actor.role,
        actor_key=actor.key_id,
        of_provider=actor.of_provider,
        action=action,
        object_type=subject.type,
        object_id=str(subject.id),
        object_label=subject.label[:300],
        before=told(before),
        after=told(after),
        brand_ids=sorted(set(brand_ids)),
        request_id=current_request_id(),
        previous_hash=NOTHING,
        hash=NOTHING,
    )

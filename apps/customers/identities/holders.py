"""Which tables name customers, found from the models themselves, and what a merge does with their rows.

Rows are moved, unless their app says otherwise: nothing that names a customer is forgotten, and nothing here knows
the apps above.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import ForeignObjectRel, Model

from apps.customers.models import Customer

Holder = tuple[type[Model], str]


@dataclass(frozen=True)
class Change:
    """An identity that changed hands: from one customer to another.

    A merge, or a split. `people` are all identities of both. `moved` are the rows that went along, by their model.
    """

    source: UUID
    target: UUID
    people: frozenset[UUID]
    now: datetime
    is_merge: bool
    moved: dict[type[Model], list[UUID]] = field(default_factory=dict)


Follow = Callable[[Change], None]

_own: dict[Holder, Follow | None] = {}
_followers: list[Follow] = []
_locks: list[Callable[[], None]] = []


def register_own_way(model: type[Model], column: str, follow: Follow | None) -> None:
    """Say that rows of this reference are not moved: `follow` makes of them what is right; None, and they stay.

    For rows that follow from others, and for tables that hold one row a customer.
    """
    _own[model, column] = follow


def register_follower(follow: Follow) -> None:
    """Have something made anew, once all rows are moved, of what follows from them."""
    _followers.append(follow)


def register_lock(take: Callable[[], None]) -> None:
    """Say what is to be locked before any customer is: by whoever holds it while it writes rows that name customers.

    Such rows name them under a lock on the customer, which a merge excludes; so a merge that came to these rows only
    with its customers locked would wait for who waits for it.
    """
    _locks.append(take)


def lock_makers() -> None:
    """Let nobody make what names customers under a lock of its own, until the transaction ends."""
    for take in _locks:
        take()


def holders() -> list[Holder]:
    """List the references whose rows are moved, in one order."""
    return [holder for holder in every_reference() if holder not in _own]


def every_reference() -> list[Holder]:
    """List all foreign keys to customers there are, by model and attribute."""
    related = (field for field in Customer._meta.get_fields(include_hidden=True) if field.auto_created)
    found = {
        (field.related_model, field.field.attname)
        for field in related
        if isinstance(field, ForeignObjectRel) and not field.related_model._meta.proxy
    }
    return sorted(found, key=lambda holder: (holder[0]._meta.label_lower, holder[1]))


def own_ways() -> Mapping[Holder, Follow | None]:
    return _own


def follow(change: Change) -> None:
    """Let all that has a way of its own, or follows from moved rows, go along."""
    for way in dict.fromkeys(_own.values()):
        if way is not None:
            way(change)
    for each in _followers:
        each(change)

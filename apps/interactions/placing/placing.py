"""Place contacts by their reasons. The only writer of `placed`: null where a row names its touchpoint itself.

Runs in the open door, over contacts that are locked. What is the same stays as it is.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Final, NamedTuple
from uuid import UUID

from apps.interactions.models.interaction import Interaction
from apps.interactions.models.reason import ReasonTouchpoint
from apps.interactions.placing.by_reason import touchpoints_of
from apps.journeys.stages.marks import mark_travellers
from cxplatform.imports.loading import update_rows
from cxplatform.imports.tables import table_column

# (source, external_id) of contacts whose touchpoint changed.
Follower = Callable[[Collection[tuple[str, str]]], None]
_followers: Final[list[Follower]] = []


class Contact(NamedTuple):
    """What a contact's place hangs on. `placed` is what it was placed at by its reason before."""

    id: UUID
    source: str
    external_id: str
    customer: UUID | None
    reason: UUID | None
    touchpoint: UUID | None
    placed: UUID | None


def follow_placing(follower: Follower) -> None:
    """Name who places by contacts what hangs on them, in the transaction that places these."""
    _followers.append(follower)


def place(identities: Collection[UUID]) -> set[UUID]:
    """Place contacts by what is stored of them; return those that are somewhere else by now."""
    if not identities or not ReasonTouchpoint.objects.exists():
        return set()
    return place_all(contacts(identities))


def contacts(identities: Collection[UUID]) -> list[Contact]:
    """Read contacts."""
    columns = ("pk", "source", "external_id", "customer_id", "reason_id", "touchpoint_id", "placed_id")
    return [Contact(*row) for row in Interaction.objects.filter(pk__in=identities).values_list(*columns)]


def place_all(rows: Iterable[Contact]) -> set[UUID]:
    """Place contacts that were read; return those that are somewhere else by now."""
    rows = list(rows)
    open_to_it = {row.reason for row in rows if row.touchpoint is None and row.reason is not None}
    at = touchpoints_of(open_to_it) if open_to_it else {}
    wanted = {row.id: _wanted(row, at) for row in rows}
    changed = [row for row in rows if wanted[row.id] != row.placed]
    if changed:
        column = table_column(Interaction._meta.get_field("placed"))
        update_rows(Interaction._meta.db_table, [column], [(wanted[row.id], row.id) for row in changed])
        mark_travellers(row.customer for row in changed)
    elsewhere = [row for row in changed if row.touchpoint is None]
    tell((row.source, row.external_id) for row in elsewhere)
    return {row.id for row in elsewhere}


def tell(keys: Iterable[tuple[str, str]]) -> None:
    """Tell whoever follows that the touchpoints of these contacts changed."""
    if told := set(keys):
        for follower in _followers:
            follower(told)


def place_written(changed: Mapping[tuple[str, str], Any]) -> None:
    """Place contacts that an import has just written, from their states before and after (`Kind.settle`)."""
    place({state.id for state in changed.values() if state.stored or state.values["touchpoint"] is None})
    tell(key for key, state in changed.items() if _named(state.values) != _named(state.stored))


def _named(values: Mapping[str, Any] | None) -> UUID | None:
    named: UUID | None = None if values is None else values["touchpoint"]
    return named


def _wanted(row: Contact, at: Mapping[UUID, UUID]) -> UUID | None:
    return None if row.touchpoint is not None or row.reason is None else at.get(row.reason)

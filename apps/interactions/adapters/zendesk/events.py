"""What happened to a ticket, by the changes of its status, its group and its priority."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from apps.interactions.adapters.export import Export
from apps.interactions.adapters.happened import happened
from apps.interactions.adapters.moments import moment_of
from apps.interactions.adapters.zendesk.told import SETTLED
from apps.interactions.timing.events import EventKind

PRIORITIES: Final = {"low": "LOW", "normal": "NORMAL", "high": "HIGH", "urgent": "URGENT"}
_PENDING, _CLOSED = "pending", "closed"
_ON_HOLD: Final = ("hold", "on-hold")
Change = Mapping[str, Any]


def events_of(export: Export, changes: Iterable[Change]) -> Iterator[dict[str, Any]]:
    """Yield the events that changes in order of time are. Of one instant, the status is that after all of them."""
    status = ""
    for at, together in groupby(changes, key=lambda change: change["at"]):
        for change in sorted(together, key=lambda change: change["field"] != "status"):
            value = change["value"].lower()
            if change["field"] == "status":
                yield from (happened(kind, at) for kind in _turn((change.get("before") or status).lower(), value))
                status = value
                if value in _ON_HOLD:
                    _lose(export, change, "waits for a third party, of which we know no event: goes on as open")
            elif change["field"] == "group_id":
                yield happened(EventKind.QUEUED, at, queue=group_name(export, change["value"]))
                if status == _PENDING:
                    yield happened(EventKind.WAITING_ON_CUSTOMER, at)
            elif priority := PRIORITIES.get(value):
                yield happened(EventKind.PRIORITISED, at, priority=priority)
            else:
                _lose(export, change, "is no priority known here: left out")


def at_opening(export: Export, changes: Iterable[Change], opened: datetime | None) -> dict[str, Any]:
    """Return the queue and priority that a ticket was opened with; nothing where its history does not begin there.

    What they became later, its events tell.
    """
    said: dict[str, str | None] = {}
    begins = False
    for change in changes:
        if opened and moment_of(change["at"]) <= opened:
            begins = True
            said[change["field"]] = change["value"]
        else:
            said.setdefault(change["field"], change.get("before"))
    told: dict[str, str | None] = {}
    if begins and "priority" in said:
        told["priority"] = PRIORITIES.get((said["priority"] or "").lower())
    if begins and "group_id" in said:
        told["queue"] = said["group_id"] and group_name(export, said["group_id"])
    return told


def group_name(export: Export, group: str) -> str:
    """Return the group's name; its id where the export does not name it."""
    known = export.shelf.first("group", group)
    return known["name"] if known and known["name"] else group


def _turn(was: str, now: str) -> Iterator[EventKind]:
    if now in SETTLED:
        if was not in SETTLED:
            yield EventKind.RESOLVED
        if now == _CLOSED:
            yield EventKind.CLOSED
        return
    if was in SETTLED:
        yield EventKind.REOPENED
    elif was == _PENDING and now != _PENDING:
        # Somebody took it up again, whoever did.
        yield EventKind.QUEUED
    if now == _PENDING:
        yield EventKind.WAITING_ON_CUSTOMER


def _lose(export: Export, change: Change, why: str) -> None:
    export.report.lose("ticket_field_history", "value", why, change["place"], change["value"])

"""Events of an interaction, as an export tells them, where they come to what the vendor states itself."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import fields
from datetime import datetime
from typing import Any, Final
from uuid import NAMESPACE_OID, UUID, uuid5
from zoneinfo import ZoneInfo

from apps.interactions.adapters.adapter import Made
from apps.interactions.adapters.export import Export
from apps.interactions.adapters.moments import moment_of
from apps.interactions.timing.columns import Columns, derive
from apps.interactions.timing.events import Event, EventKind
from cxplatform.imports.kinds import kind_named
from cxplatform.imports.problems import Refused

# What a row states and events must come to; who, where and how urgent may change by them, that is what they are for.
_STATED: Final = (
    "wait_seconds", "answered", "abandoned", "talk_seconds", "hold_seconds", "after_call_seconds", "transfers",
    "first_response_at", "first_human_response_at", "resolved", "resolved_at", "closed_at", "reopened_at",
)  # fmt: skip
_UTC: Final = ZoneInfo("UTC")
_DEFAULTS: Final[dict[str, Any]] = {"priority": "NORMAL", "transfers": 0, "handled_by": "HUMAN", "abandoned": False}
_NAMES: Final = {field.name for field in fields(Columns)}


def happened(kind: EventKind, at: datetime | str, **told: Any) -> dict[str, Any]:
    """Write an event down; `told` are columns of the kind interaction-events: agent, queue, priority, until."""
    return {"kind": kind.value, "at": moment_of(at), **{name: value for name, value in told.items() if value}}


def made_with_events(export: Export, row: Made, events: Iterable[dict[str, Any]]) -> Iterator[Made]:
    """Yield an interaction and its events; where these come to something else than it states, the row stands alone."""
    yield row
    told = list({_key_of(row, event): event for event in events}.items())
    if not told or row.values["opened_at"] is None:
        return
    stated = _stated(row.values)
    derived = _derived(row.values, stated, told)
    if other := [name for name, value in stated.items() if getattr(derived, name) != value]:
        export.report.lose("interactions", other[0], "is not what its events come to: these are left out", row.place)
        return
    for key, event in told:
        values = {"external_id": key, "interaction": row.values["external_id"], **event}
        yield Made("interaction-events", values, row.place)


def _key_of(row: Made, event: Mapping[str, Any]) -> str:
    """Name an event by what it says, so that a later export tells the same one."""
    whom = event.get("agent", "") if event["kind"] in (EventKind.RINGING, EventKind.WRAPPED_UP) else ""
    return f"{row.values['external_id']} {event['kind']} {event['at'].isoformat()} {whom}".rstrip()


def _derived(row: Mapping[str, Any], stated: Mapping[str, Any], told: Iterable[tuple[str, dict[str, Any]]]) -> Columns:
    events = [
        Event(EventKind(event["kind"]), event["at"], key, _named(event.get("agent")), _named(event.get("queue")))
        for key, event in told
    ]
    said = {name: value for name, value in stated.items() if name in _NAMES}
    columns, _ = derive(Columns(**_DEFAULTS | said), events, opened_at=moment_of(row["opened_at"]))
    return columns


def _named(key: str | None) -> UUID | None:
    return uuid5(NAMESPACE_OID, key) if key else None


def _stated(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a row states, as the import reads it; what it would refuse is stated by nobody."""
    found: dict[str, Any] = {}
    for name in _STATED:
        with suppress(Refused):
            if (given := row.get(name)) is not None:
                value = kind_named("interactions").columns[name].type.value_reader(_UTC)(given)
                found[name] = tuple(value) if isinstance(value, list) else value
    return {name: value for name, value in found.items() if value is not None}

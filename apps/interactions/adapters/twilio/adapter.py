"""Twilio's calls: the table `call`, or the API's documents of `calls`.

A call to or from a customer is an interaction. The calls it led to (its legs, those with a parent) are how agents were
reached: they give its agent, its wait and its talk.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from apps.interactions.adapters.adapter import Adapter, Made
from apps.interactions.adapters.export import Export
from apps.interactions.adapters.happened import happened, made_with_events
from apps.interactions.adapters.moments import version_of
from apps.interactions.adapters.people import customer_key, made_caller
from apps.interactions.adapters.record import Record
from apps.interactions.adapters.tables import Table
from apps.interactions.timing.events import EventKind

CALLS: Final = Table("call", needs=("id", "direction", "status", "from", "to", "start_time"), array="calls")

_DIRECTIONS: Final = {
    "inbound": "INBOUND",
    "trunking-terminating": "INBOUND",
    "outbound-api": "OUTBOUND",
    "outbound-dial": "OUTBOUND",
    "trunking-originating": "OUTBOUND",
}
_ANSWERED, _GIVEN_UP, _ENDED, _UNDER_WAY = "answered", "given up", "ended", "under way"
_STATES: Final = {
    "completed": _ANSWERED,
    "canceled": _GIVEN_UP,
    "no-answer": _GIVEN_UP,
    "busy": _GIVEN_UP,
    "failed": _ENDED,
    **dict.fromkeys(("queued", "initiated", "ringing", "in-progress"), _UNDER_WAY),
}


def adapt(export: Export) -> Iterator[Made]:
    """Read all calls, then make an interaction of each that is no leg of another."""
    for record in export.records(CALLS):
        parent, call = record.text("parent_call_id", "parent_call_sid"), _read(record)
        # Of two states of one call the newer comes first.
        export.shelf.put("leg" if parent else "call", parent or call["id"], call, position=-(call["version"] or 0))
    for parent in export.shelf.keys("leg"):
        if export.shelf.first("call", parent) is None:
            for leg in export.shelf.all("leg", parent):
                export.report.lose("call", "parent_call_id", "is not in the export: left out", leg["place"], parent)
    for key in export.shelf.keys("call"):
        if contact := export.shelf.first("call", key):
            yield from _contact(export, contact)


def _read(record: Record) -> dict[str, Any]:
    opened, ended = record.moment("start_time"), record.moment("end_time")
    return {
        "id": record.text("id", "sid") or "",
        "place": record.place,
        "version": version_of(record.moment("updated_at", "date_updated"), opened, ended),
        "direction": record.choice(_DIRECTIONS, "direction"),
        "state": record.choice(_STATES, "status"),
        "from": record.text("from"),
        "to": record.text("to"),
        "opened_at": opened and opened.isoformat(),
        "closed_at": ended and ended.isoformat(),
        # A call that was never connected lasts 0 seconds: that is no time of talking.
        "seconds": record.number("duration") or None,
    }


def _contact(export: Export, call: dict[str, Any]) -> Iterator[Made]:
    inbound = call["direction"] != "OUTBOUND"
    caller = call["from"] if inbound else call["to"]
    if caller:
        yield from made_caller(export, caller, call["place"])
    legs = sorted(export.shelf.all("leg", call["id"]), key=lambda leg: leg["opened_at"] or "")
    values = {
        "external_id": call["id"],
        "version": call["version"],
        "channel": "PHONE",
        "direction": call["direction"],
        "opened_at": call["opened_at"],
        "closed_at": None if call["state"] == _UNDER_WAY else call["closed_at"],
        "customer": caller and customer_key(caller),
        "abandoned": inbound and call["state"] == _GIVEN_UP,
        **_handling(call, [leg for leg in legs if leg["state"] == _ANSWERED]),
    }
    yield from made_with_events(export, Made("interactions", values, call["place"]), _events(values, call, legs))


def _handling(call: dict[str, Any], answered: list[dict[str, Any]]) -> dict[str, Any]:
    """Tell who answered, when and for how long: by the legs that were answered, else by the call itself."""
    if not answered:
        picked_up = None if call["state"] == _UNDER_WAY else call["state"] == _ANSWERED
        return {"answered": picked_up, "talk_seconds": call["seconds"] if picked_up else None}
    return {
        "answered": call["state"] == _ANSWERED,
        "agent": _agent(answered[-1]),
        "wait_seconds": _seconds(call["opened_at"], answered[0]["opened_at"]),
        "talk_seconds": sum(leg["seconds"] or 0 for leg in answered) or None,
        "transfers": len(answered) - 1,
    }


def _events(values: dict[str, Any], call: dict[str, Any], legs: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Tell whom it rang, who took it and when that ended: what is answered after another was handed on by it."""
    if values["abandoned"] and values["closed_at"]:
        yield happened(EventKind.ABANDONED, values["closed_at"])
    before = None
    for leg in (leg for leg in legs if leg["opened_at"]):
        if leg["state"] != _ANSWERED:
            yield happened(EventKind.RINGING, leg["opened_at"], agent=_agent(leg))
        elif leg["closed_at"]:
            if before:
                yield happened(EventKind.TRANSFERRED_BLIND, before["closed_at"], agent=_agent(leg))
            yield happened(EventKind.ANSWERED, leg["opened_at"], agent=_agent(leg))
            before = leg
    if before:
        yield happened(EventKind.ENDED, before["closed_at"])


def _agent(leg: dict[str, Any]) -> str | None:
    return (leg["to"] or "").removeprefix("client:") or None


def _seconds(begin: str | None, end: str | None) -> float | None:
    if begin is None or end is None:
        return None
    return (datetime.fromisoformat(end) - datetime.fromisoformat(begin)).total_seconds()


TWILIO = Adapter(name="twilio", reads="the table call, or the API's documents of calls", tables=(CALLS,), adapt=adapt)

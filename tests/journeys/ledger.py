"""What became of promises, judged one by one in plain Python; and how events and statements come in."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from apps.journeys.ledger.renewal import renew
from apps.journeys.models import PromiseOutcome, TouchpointEvent
from cxplatform.imports.kinds import kind_named
from cxplatform.imports.upserts import upsert
from cxplatform.jobs.runner import run_due
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx

START = datetime(2026, 3, 1, tzinfo=UTC)
Row = Mapping[str, Any]
Said = Mapping[tuple[str, str], str]
# promise, event: outcome, decided by, owner
Told = dict[tuple[str, str], tuple[Any, ...]]


def at(days: float) -> datetime:
    return START + timedelta(days=days)


def event(key: str, days: float = 1, **more: Any) -> dict[str, Any]:
    return {"external_id": key, "customer": "ana", "touchpoint": "checkout", "occurred_at": at(days), **more}


def take(brand: BrandRef, *rows: Row) -> None:
    """Import touchpoint events, each whole: what one does not say is cleared."""
    kept = dict.fromkeys(("outcome", "duration_ms", "promise", "promise_kept"))
    with brand_tx(brand):
        upsert(kind_named("touchpoint-events"), [{**kept, **row} for row in rows], now=START)


def settle(brand: BrandRef) -> None:
    run_due(brand)
    while renew(brand):
        pass


def told(brand: BrandRef) -> Told:
    """Read the ledger, by promise and event."""
    with brand_tx(brand):
        names = dict(TouchpointEvent.objects.values_list("id", "external_id"))
        rows = PromiseOutcome.objects.values_list("promise__key", "evidence_id", "outcome", "decided_by", "owner__key")
        return {(promise, names[evidence]): tuple(rest) for promise, evidence, *rest in rows}


def judged(events: Sequence[Row], promises: Mapping[str, Row], places: Mapping[str, Sequence[Row]], said: Said) -> Told:
    """Judge events, a loop over each: `places` of a touchpoint say from when its promise and owner are."""
    found: Told = {}
    for each in events:
        place = next((p for p in reversed(places.get(each["touchpoint"], ())) if p["since"] <= each["occurred_at"]), {})
        key = str(each.get("promise") or place.get("promise"))
        if key not in promises:
            continue
        kept, by = measured(each, promises[key])
        if kept is None and (key, each["external_id"]) in said:
            found[key, each["external_id"]] = (said[key, each["external_id"]], "PERSON", place.get("owner"))
        else:
            name = "UNKNOWN" if kept is None else "KEPT" if kept else "BROKEN"
            found[key, each["external_id"]] = (name, by, place.get("owner"))
    return found


def measured(each: Row, promise: Row) -> tuple[bool | None, str]:
    if each.get("promise_kept") is not None:
        return each["promise_kept"], "EVENT"
    if promise["criterion"] == "SMOOTH" and each.get("outcome"):
        return each["outcome"] == "SMOOTH", "CRITERION"
    if promise["criterion"] == "WITHIN" and each.get("outcome") == "FAILED":
        return False, "CRITERION"
    if promise["criterion"] == "WITHIN" and each.get("duration_ms") is not None:
        return each["duration_ms"] <= promise["within_ms"], "CRITERION"
    return None, "NOBODY"

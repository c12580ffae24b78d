"""Where every touchpoint stood when, by all journeys: laid out as spans that never overlap."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any, Final
from uuid import UUID

from apps.journeys.models import Placement, Touchpoint, TouchpointSpan, VersionState

# Days whose touchpoint events are to be counted anew.
EVENTS_TOPIC: Final = "touchpoint_event"


@dataclass(frozen=True)
class Standing:
    """That something stood somewhere from an instant until just before another; of several the least `rank` counts."""

    since: datetime
    until: datetime | None
    rank: str
    what: Any


def laid_out(standings: Iterable[Standing]) -> Iterator[Standing]:
    """Cut what overlaps so that the least rank's is left, in the order of time. Endless is after everything."""
    given = [each for each in standings if each.until is None or each.since < each.until]
    cuts = sorted({each.since for each in given} | {each.until for each in given if each.until is not None})
    last: Standing | None = None
    for since, until in pairwise([*cuts, None]):
        assert since is not None, "only the end is unknown"
        over = [each for each in given if each.since <= since and (each.until is None or since < each.until)]
        first = min(over, key=lambda each: each.rank, default=None)
        if last is not None and first is not None and last.what is first.what:
            last = Standing(last.since, until, last.rank, last.what)
            continue
        if last is not None:
            yield last
        last = None if first is None else Standing(since, until, first.rank, first.what)
    if last is not None:
        yield last


def lay_out(touchpoint_ids: Collection[UUID]) -> None:
    """Lay out anew where these touchpoints stood. Nobody else lays them out until the transaction ends."""
    in_order = Touchpoint.objects.filter(pk__in=touchpoint_ids).order_by("pk")
    list(in_order.select_for_update(no_key=True).values_list("pk"))
    standings: dict[UUID, list[Standing]] = {}
    for each in _published(touchpoint_ids):
        version = each.version
        assert version.effective_from is not None, "a published version is"
        said = Standing(version.effective_from, version.effective_until, version.journey.key, each)
        standings.setdefault(each.touchpoint_id, []).append(said)
    TouchpointSpan.objects.filter(touchpoint__in=touchpoint_ids).delete()
    TouchpointSpan.objects.bulk_create(
        TouchpointSpan(
            touchpoint_id=key,
            since=span.since,
            until=span.until,
            placement=span.what,
            stage=span.what.stage.key,
            department=span.what.owner.key,
        )
        for key, each in standings.items()
        for span in laid_out(each)
    )


def _published(touchpoint_ids: Collection[UUID]) -> Iterable[Placement]:
    published = Placement.objects.filter(touchpoint__in=touchpoint_ids).exclude(version__state=VersionState.DRAFT)
    return published.select_related("version__journey", "stage", "owner")

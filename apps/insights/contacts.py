"""How many contacts came and how long they took to handle, by the hour, as metrics count them."""

from collections.abc import Mapping
from datetime import datetime

from apps.metrics import rows
from apps.metrics.asking import Ask
from apps.metrics.buckets import Grain, edges
from apps.metrics.clock import wall_clock
from apps.metrics.definitions.aht import HANDLE
from apps.metrics.definitions.contact_rate import INBOUND
from apps.metrics.definitions.facts.interaction import INTERACTION
from apps.metrics.filters import Where, check
from apps.metrics.freshness import freshness_of
from apps.metrics.reading import Reader
from apps.metrics.windows import Window
from cxplatform.tenancy.doors import current_brand

# Inbound contacts, and the handle time of those contacts whose is known, with their number.
Counted = tuple[float, float, float]
_PARTS = (INBOUND, HANDLE.sum, HANDLE.size)
NOTHING: Counted = (0.0, 0.0, 0.0)


def by_hour_of_the_week(window: Window, where: Where, *, now: datetime) -> Mapping[int, Counted]:
    """Return what came in every hour of the week, 0 being Monday's first, over a window. Two SELECTs."""
    check(INTERACTION, where)
    clock = wall_clock(window.start, window.end, current_brand().zone)
    ask = Ask(INTERACTION, _PARTS, window.start, window.end, clock=clock, where=where)
    return {hour: (numbers[0], numbers[1], numbers[2]) for (hour, _), numbers in _reader(now).sums(ask).items()}


def by_hour(window: Window, where: Where, *, now: datetime) -> dict[datetime, float]:
    """Return how many came in every hour of a window, by its start. Two SELECTs. Raises: BadInput past 2,000 hours."""
    check(INTERACTION, where)
    cut = edges(window, Grain.HOUR, current_brand().zone)
    ask = Ask(INTERACTION, (INBOUND,), window.start, window.end, Grain.HOUR, cut[1:-1], where=where)
    sums = _reader(now).sums(ask)
    return {start: sums.get((place, ""), (0.0,))[0] for place, start in enumerate(cut[:-1])}


def first_contact() -> datetime | None:
    """Return when the first interaction there is was opened."""
    extent = rows.extent(INTERACTION)
    return None if extent is None else extent[0]


def _reader(now: datetime) -> Reader:
    zone = current_brand().zone
    return Reader(zone, freshness_of([INTERACTION], zone=zone, now=now)[INTERACTION.key])

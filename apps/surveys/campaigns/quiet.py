"""When customers are left alone by the clock: quiet hours, and where a customer's clock is. Pure: no database."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from functools import cache
from importlib import resources
from typing import Any, Final
from zoneinfo import ZoneInfo

from apps.customers.consents.deciding import Quiet
from cxplatform.zones import zone_names

# Where records of customers tell their zone, an IANA name.
ZONE_ATTRIBUTES: Final = ("time_zone", "timezone", "timeZone")
_DAY: Final = timedelta(days=1)


def quiet_until(at: datetime, zone: ZoneInfo, begins: time, ends: time) -> datetime | None:
    """Return when quiet hours that hold at a moment end, by the clock of a zone; None where none hold.

    Where the clock is set back over their end, they end at the later of the two; where it is set forward over it, no
    earlier than by the clock as it was.
    """
    local = at.astimezone(zone)
    if not Quiet(begins, ends).holds(local.time()):
        return None
    day = local.date() if local.time() < ends else local.date() + _DAY
    found = datetime.combine(day, ends, zone)
    return max(found.replace(fold=fold).astimezone(UTC) for fold in (0, 1))


def zone_of(attributes: Mapping[str, Any] | None, country: str | None) -> ZoneInfo | None:
    """Return a customer's zone: as its record tells, or the only one of its country; None where it is not known."""
    for name in ZONE_ATTRIBUTES:
        told = (attributes or {}).get(name)
        if isinstance(told, str) and told in zone_names():
            return ZoneInfo(told)
    only = _only_zones().get(country or "")
    return ZoneInfo(only) if only else None


@cache
def _only_zones() -> Mapping[str, str]:
    """Read from the time zone database which countries have one zone alone."""
    zones: dict[str, list[str]] = {}
    table = resources.files("tzdata").joinpath("zoneinfo/zone.tab").read_text(encoding="ascii")
    for line in table.splitlines():
        if not line.startswith("#"):
            country, _, zone = line.split("\t")[:3]
            zones.setdefault(country, []).append(zone)
    return {country: names[0] for country, names in zones.items() if len(names) == 1 and names[0] in zone_names()}

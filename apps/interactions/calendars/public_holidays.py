"""Public holidays by region, as the `holidays` package knows them.

A region is a country (ISO 3166-1 alpha-2), or a part of one: `US`, `DE-BY`. Parts are written as that package writes
them, which is mostly the second half of ISO 3166-2.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

import holidays

from cxplatform.iso import COUNTRIES


@cache
def is_region(region: str) -> bool:
    """Tell whether the holidays of a region are known."""
    country, _, part = region.partition("-")
    if country not in COUNTRIES or region.endswith("-"):
        return False
    parts = holidays.list_supported_countries().get(country)
    return parts is not None and (not part or part in parts)


@lru_cache(maxsize=2_048)
def holidays_of(region: str, year: int) -> frozenset[date]:
    """Return the days off of a year, with those moved off a weekend; none where the package's knowledge ends."""
    country, _, part = region.partition("-")
    known = holidays.country_holidays(country, subdiv=part or None)
    if not known.start_year <= year <= known.end_year:
        return frozenset()
    return frozenset(holidays.country_holidays(country, subdiv=part or None, years=year))


@dataclass(frozen=True)
class PublicHolidays:
    """The holidays of several regions: a day that is one anywhere."""

    regions: Sequence[str]

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and any(day in holidays_of(region, day.year) for region in self.regions)

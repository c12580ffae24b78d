"""Who has been inactive for how long: by the latest moment of any row that shows somebody active."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.db.models import F, Max
from django.db.models.functions import Coalesce

from cxplatform.privacy.catalogue import about_people
from cxplatform.privacy.models import Days
from cxplatform.privacy.tags import Sort
from cxplatform.tenancy.doors import current_brand

SORTS: Final[Mapping[str, frozenset[Sort]]] = {
    "text_days": frozenset({Sort.TEXT}),
    "attribute_days": frozenset({Sort.ATTRIBUTES}),
    "identity_days": frozenset({Sort.IDENTITY, Sort.CONTACT}),
}


def kept_since(days: int, now: datetime) -> datetime:
    """Return from when on something is kept for so many days: the beginning of a day in the brand's zone."""
    zone = current_brand().zone
    first = now.astimezone(zone).date() - timedelta(days=days)
    return datetime.combine(first, time(), zone).astimezone(UTC)


def sorts_since(rules: Days, now: datetime) -> dict[frozenset[Sort], datetime]:
    """Return from when on each rule keeps what it is about."""
    return {SORTS[rule]: kept_since(days, now) for rule in SORTS if (days := getattr(rules, rule)) is not None}


def due(people: Collection[UUID], rules: Days, now: datetime) -> dict[frozenset[Sort], list[UUID]]:
    """Group people by what of them is kept no more."""
    latest, since = _latest(people), sorts_since(rules, now)
    found: dict[frozenset[Sort], list[UUID]] = {}
    for person in people:
        sorts = frozenset[Sort]().union(*(its for its, first in since.items() if latest[person] < first))
        if sorts:
            found.setdefault(sorts, []).append(person)
    return found


def _latest(people: Collection[UUID]) -> dict[UUID, datetime]:
    """Return when each was last active; everybody was at some time, when their row was made."""
    latest: dict[UUID, datetime] = {}
    for table in about_people():
        for way in table.about if table.active else ():
            if not isinstance(way, str):
                continue
            moment = Coalesce(*table.active) if len(table.active) > 1 else F(table.active[0])
            rows = table.model._default_manager.filter(**{f"{way}__in": list(people)})
            for person, at in rows.order_by().values_list(way).annotate(latest_moment=Max(moment)):
                latest[person] = max(at, latest.get(person, at))
    return latest

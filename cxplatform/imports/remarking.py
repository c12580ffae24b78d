"""Mark the days of stored rows as an import that changed them would have done."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Model

from cxplatform.dirty.marks import mark
from cxplatform.imports.kinds import Kind, kind_named, kind_names
from cxplatform.tenancy.doors import current_brand


def mark_rows(model: type[Model], ids: Collection[Any]) -> None:
    """Mark the brand's days on which something of these rows is counted; none where nobody imports such rows."""
    kind, zone = _kinds().get(model), current_brand().zone
    if kind is None or not ids:
        return
    marked = ((kind.topic, (kind.time_column,)), *kind.also_marked)
    names = sorted({name for _, columns in marked for name in columns})
    rows = list(model._default_manager.filter(pk__in=list(ids)).values(*names))
    for topic, columns in marked:
        moments = (moment for row in rows for name in columns for moment in _moments(row[name]))
        mark(topic, {moment.astimezone(zone).date() for moment in moments})


def _moments(value: Any) -> Sequence[datetime]:
    if value is None:
        return ()
    return value if isinstance(value, list) else (value,)


@cache
def _kinds() -> dict[type[Model], Kind]:
    return {kind.model: kind for kind in map(kind_named, kind_names())}

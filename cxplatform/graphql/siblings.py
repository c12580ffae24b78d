"""Rows read together load their relations together: one query for all of a page, not one a row."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from django.db.models import Model

from cxplatform.graphql.context import ResolveInfo

_ATTRIBUTE = "_cx_siblings"


class Siblings:
    """The rows of one page and what has been loaded for all of them."""

    __slots__ = ("loaded", "members")

    def __init__(self, members: Sequence[Model]) -> None:
        self.members = members
        self.loaded: dict[Hashable, Any] = {}

    def load(self, key: Hashable, fetch: Callable[[Sequence[Model]], Any]) -> Any:
        """Return what `fetch` found for all members, fetching once."""
        if key not in self.loaded:
            self.loaded[key] = fetch(self.members)
        return self.loaded[key]


def keep_together(rows: Sequence[Model]) -> None:
    """Make rows siblings."""
    siblings = Siblings(rows)
    for row in rows:
        setattr(row, _ATTRIBUTE, siblings)


def siblings_of(row: Model) -> Siblings:
    """Return the rows read together with this one."""
    siblings: Siblings | None = getattr(row, _ATTRIBUTE, None)
    if siblings is None:
        keep_together([row])
        siblings = getattr(row, _ATTRIBUTE)
    return siblings


def selection_key(info: ResolveInfo) -> Hashable:
    """Tell apart two selections of the same field: each may leave out other columns and take other arguments."""
    return tuple(id(node) for node in info.field_nodes)

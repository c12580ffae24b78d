"""What is on a customer's timeline: each app says so of its own rows, beside the type that shows them.

    timeline_source("ORDER", Order, "ordered_at", "Something was bought.", only=Q(kind="PURCHASE"))

A page is read from an index of each table, which therefore begins with the customer, the moment and the id.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.fields import TextField

from cxplatform.graphql.context import AnyInfo
from cxplatform.graphql.nodes import Stored


@dataclass(frozen=True)
class TimelineSource:
    """Rows that are on the timeline, as one kind of entry.

    `moment` is the column that says when it happened; rows without one are not on it. `customer` is the column that
    holds whose it is, `only` which of the rows are of this kind.
    """

    kind: str
    node: type[Stored]
    moment: str
    description: str
    customer: str = "customer_id"
    only: Q = Q()  # noqa: RUF009  # never changed

    def entries(self, info: AnyInfo) -> "QuerySet[Any]":
        """Return what this viewer may see of it, told as every source tells it. Raises: Forbidden."""
        known = Q(**{f"{self.moment}__isnull": False}) if self._may_be_unknown else Q()
        rows = self.node.visible(info).filter(self.only, known)
        told: QuerySet[Any] = rows.annotate(
            entry_customer=F(self.customer),
            entry_at=F(self.moment),
            entry_kind=Value(self.kind, output_field=TextField()),
            entry_id=F("pk"),
        )
        return told

    @property
    def _may_be_unknown(self) -> bool:
        return bool(self.node.model()._meta.get_field(self.moment).null)


_sources: dict[str, TimelineSource] = {}


def timeline_source(kind: str, node: type[Stored], moment: str, description: str, **more: Any) -> None:
    """Put rows on the timeline; when the app's types are imported, which is before the schema is built.

    Raises: ValueError, for a kind that is there, and once it was asked which there are.
    """
    if kind in _sources or sources.cache_info().currsize:
        raise ValueError(f"{kind} cannot be on the timeline: it is already, or the schema is made.")
    _sources[kind] = TimelineSource(kind, node, moment, description, **more)


@cache
def sources() -> tuple[TimelineSource, ...]:
    """Return all sources; from then on they are what they are."""
    return tuple(_sources.values())


def source_of(kind: str) -> TimelineSource:
    """Return the source of a kind of entries."""
    return _sources[kind]

"""Where moments of customers come from: rows of this app, and of whatever apps above declare. Read in the open door."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from apps.journeys.models import TouchpointEvent
from apps.journeys.stages.moments import Moment, MomentKind

_CHUNK: Final = 2_000


@dataclass(frozen=True)
class Source:
    """A model whose rows place a `customer` at a touchpoint at a moment, by the names of its fields."""

    model: type[Model]
    moment: str
    touchpoints: tuple[str, ...] = ("touchpoint_id",)

    def placed(self) -> "QuerySet[Any]":
        """Return the rows that have a touchpoint, as `at_touchpoint`: by the first of the fields that has one."""
        first, *rest = (F(name) for name in self.touchpoints)
        at = Coalesce(first, *rest) if rest else first
        return self.model._default_manager.annotate(at_touchpoint=at).filter(at_touchpoint__isnull=False)


_sources: Final[dict[MomentKind, Source]] = {MomentKind.TOUCHPOINT_EVENT: Source(TouchpointEvent, "occurred_at")}


def told_by(kind: MomentKind, source: Source) -> None:
    """Declare what tells moments of a kind."""
    _sources[kind] = source


def moments_of(customers: Collection[UUID]) -> Iterator[tuple[UUID, Moment]]:
    """Stream customers' moments by customer and then by time; a SELECT a source, whatever they come to."""
    return merge(
        *(_moments(kind, source, customers) for kind, source in _sources.items()),
        key=lambda told: (told[0], told[1].at),
    )


def somewhere_since(since: datetime) -> Q:
    """Match customers of whom anything is told from an instant on."""
    told = Q()
    for source in _sources.values():
        rows = source.placed().filter(customer=OuterRef("pk"), **{f"{source.moment}__gte": since})
        told |= Q(Exists(rows))
    return told


def _moments(kind: MomentKind, source: Source, customers: Collection[UUID]) -> Iterator[tuple[UUID, Moment]]:
    rows = source.placed().filter(customer__in=customers)
    columns = ("customer_id", source.moment, "at_touchpoint", "source", "external_id", "pk")
    in_order = rows.order_by("customer_id", source.moment).values_list(*columns)
    for customer, at, touchpoint, origin, external_id, key in in_order.iterator(chunk_size=_CHUNK):
        yield customer, Moment(at, touchpoint, kind, (origin, external_id), key)

"""Pages of customers that an insight names: which ones, and then their rows as far as the viewer may see them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from apps.customers.graphql.types import Customer
from cxplatform.graphql.connections import PageInfo
from cxplatform.graphql.context import Info
from cxplatform.graphql.cursors import read_cursor, write_cursor
from cxplatform.graphql.pages import PageRequest

Position = tuple[int, UUID]


@dataclass(frozen=True)
class NamedEdge:
    """A customer, what the insight says of it, and where it stands in the list."""

    node: Any
    told: Mapping[str, Any]
    cursor: str

    def __getattr__(self, name: str) -> Any:
        """Return what the insight says by that name."""
        try:
            return self.told[name]
        except KeyError:
            raise AttributeError(name) from None


@dataclass
class NamedPage:
    """What the connection's fields read; the count is worked out only when asked for."""

    edges: Sequence[NamedEdge]
    request: PageRequest
    more: bool
    counted: Callable[[], int]

    @property
    def nodes(self) -> list[Any]:
        return [edge.node for edge in self.edges]

    @cached_property
    def total_count(self) -> int:
        return self.counted()

    @property
    def page_info(self) -> PageInfo:
        return PageInfo(
            has_next_page=self.more,
            has_previous_page=self.request.after is not None,
            start_cursor=self.edges[0].cursor if self.edges else None,
            end_cursor=self.edges[-1].cursor if self.edges else None,
        )


def position_in(order: str, request: PageRequest) -> Position | None:
    """Read after which customer the page begins. Raises: BadInput."""
    if request.after is None:
        return None
    rank, key = read_cursor(order, [int, UUID], request.after)
    return rank, key


def page_of(
    info: Info,
    order: str,
    request: PageRequest,
    found: Sequence[tuple[Position, Mapping[str, Any]]],
    counted: Callable[[], int],
) -> NamedPage:
    """Make the page of what was found, one more than the limit if there are more."""
    wanted = found[: request.limit]
    queryset = Customer.visible(info).filter(pk__in=[key for (_, key), _ in wanted])
    by_id = {row.pk: row for row in Customer.load(queryset, info._raw_info)}
    edges = [
        NamedEdge(by_id[position[1]], told, write_cursor(order, position))
        for position, told in wanted
        if position[1] in by_id
    ]
    return NamedPage(edges, request, len(found) > request.limit, counted)

"""Relay connections over tables: declared with the node type and its orders, resolved here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, Generic, Optional, Protocol, TypeVar

import strawberry
from strawberry import UNSET

from cxplatform.errors import BadInput
from cxplatform.graphql.columns import column, declared_as
from cxplatform.graphql.context import Info
from cxplatform.graphql.filters.conditions import narrowed, narrows
from cxplatform.graphql.keyset import Keyset, Term
from cxplatform.graphql.nodes import Stored
from cxplatform.graphql.page_queries import Link, PageQuery
from cxplatform.graphql.pages import PageRequest
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.prices import A_COUNT, A_PAGE, EDGES, NODES, Price, priced
from cxplatform.graphql.roots import query_field

NodeT = TypeVar("NodeT")

First = Annotated[int | None, strawberry.argument(description="How many from the start: 1 to 100, usually 20.")]
After = Annotated[str | None, strawberry.argument(description="Only what follows this cursor.")]
Last = Annotated[int | None, strawberry.argument(description="How many from the end: 1 to 100.")]
Before = Annotated[str | None, strawberry.argument(description="Only what precedes this cursor.")]
WHERE = "Which of them; all of them when left out."
_ORDER_BY = "In which order; the id breaks ties. Usually the newest first."


@strawberry.enum(description="A direction to sort in.")
class SortDirection(Enum):
    ASC = strawberry.enum_value("ASC", description="Smallest or oldest first.")
    DESC = strawberry.enum_value("DESC", description="Largest or newest first.")


@strawberry.type(description="Where a page lies among all pages.")
class PageInfo:
    has_next_page: bool = column("Whether more follow.")
    has_previous_page: bool = column("Whether some precede.")
    start_cursor: str | None = column("The cursor of the first item; null on an empty page.")
    end_cursor: str | None = column("The cursor of the last item; null on an empty page.")


@strawberry.type(description="An item of a page and its position.")
class Edge(Generic[NodeT]):
    cursor: str = column("Its position, for `after` and `before`.")
    node: NodeT = column("The item.")


@strawberry.type(description="A page of a longer list.")
class Connection(Generic[NodeT]):
    edges: list[Edge[NodeT]] = column("The items with their cursors.", price=EDGES)
    nodes: list[NodeT] = column("The items alone.", price=NODES)
    page_info: PageInfo = column("Where this page lies.")
    total_count: int = column("How many there are on all pages; counted only when asked for.", price=Price(A_COUNT))


class OrderInput(Protocol):
    """What the input type of an order looks like: `field` is an enum whose values are `Term`s."""

    field: Any
    direction: SortDirection


@dataclass(frozen=True)
class Orders:
    """How a node type's connections may be ordered: an input type, and the terms when none is given."""

    input_type: type
    terms: dict[str, Term]
    usual: str

    def keyset(self, order_by: Sequence[OrderInput] | None) -> Keyset:
        """Make the order asked for. Raises: BadInput."""
        if not order_by:
            return Keyset.of([self.terms[self.usual]])
        if len(order_by) > len(self.terms) or len({order.field for order in order_by}) < len(order_by):
            raise BadInput("orderBy names a field twice.", field="orderBy")
        return Keyset.of(
            [
                Term(term.column, term.kind, order.direction is SortDirection.DESC)
                for order in order_by
                for term in [self.terms[order.field.value]]
            ]
        )


def root_connection(
    node: type[Stored], orders: Orders, where: type, *, description: str, plane: Plane = Plane.BRAND
) -> Any:
    """Declare a root field: all rows of the plane this viewer may see, narrowed by a `where_input`."""
    order_type, where_type = orders.input_type, where

    def resolve(  # noqa: PLR0917  # strawberry hands them over by name
        info: Info,
        first: First = UNSET,
        after: After = UNSET,
        last: Last = UNSET,
        before: Before = UNSET,
        order_by: Annotated[
            Optional[list[order_type]],  # type: ignore[valid-type]  # noqa: UP045  # known at run time only
            strawberry.argument(description=_ORDER_BY),
        ] = UNSET,
        where: Annotated[
            Optional[where_type],  # type: ignore[valid-type]  # noqa: UP045  # known at run time only
            strawberry.argument(description=WHERE),
        ] = UNSET,
    ) -> object:
        request, keyset = PageRequest.of(first, after, last, before), orders.keyset(order_by)
        return PageQuery(node, lambda: narrowed(node, where, info), request, keyset, of_all=not narrows(where))

    return query_field(plane=plane, requires=node.requires, description=description, price=A_PAGE)(resolve)


@dataclass(frozen=True)
class Children:
    """The rows of a node type that belong to a parent: its `columns` hold what the parent's `attributes` do."""

    node: type[Stored]
    orders: Orders
    where: type
    columns: tuple[str, ...]
    attributes: tuple[str, ...] = ("id",)


def child_connection(children: Children, *, description: str) -> Any:
    """Declare a connection from a row to the rows that belong to it, in one statement for a whole page of parents."""
    node, order_type, where_type = children.node, children.orders.input_type, children.where

    def resolve(  # noqa: PLR0917  # strawberry hands them over by name
        root: strawberry.Parent[Any],
        info: Info,
        first: First = UNSET,
        after: After = UNSET,
        last: Last = UNSET,
        before: Before = UNSET,
        order_by: Annotated[
            Optional[list[order_type]],  # type: ignore[valid-type]  # noqa: UP045  # known at run time only
            strawberry.argument(description=_ORDER_BY),
        ] = UNSET,
        where: Annotated[
            Optional[where_type],  # type: ignore[valid-type]  # noqa: UP045  # known at run time only
            strawberry.argument(description=WHERE),
        ] = UNSET,
    ) -> object:
        request, keyset = PageRequest.of(first, after, last, before), children.orders.keyset(order_by)
        link = Link(children.columns, children.attributes, root)
        return PageQuery(node, lambda: narrowed(node, where, info), request, keyset, link)

    resolver: Callable[..., object] = resolve
    metadata = {**declared_as(children), **priced(A_PAGE)}
    return strawberry.field(resolver=resolver, description=description, metadata=metadata)

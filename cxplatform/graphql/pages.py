"""A page of a connection: what a client may ask for, and what it gets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import QuerySet
from strawberry import UNSET

from cxplatform.errors import BadInput
from cxplatform.graphql.keyset import Keyset

T = TypeVar("T")

LARGEST_PAGE = 100
USUAL_PAGE = 20


@dataclass(frozen=True)
class PageRequest:
    """The paging arguments, checked."""

    limit: int
    after: str | None
    before: str | None
    backward: bool

    @classmethod
    def of(cls, first: int | None, after: str | None, last: int | None, before: str | None) -> "PageRequest":
        """Check the arguments; strawberry's UNSET is none given. Raises: BadInput."""
        first, last = first if first is not UNSET else None, last if last is not UNSET else None
        if first is not None and last is not None:
            raise BadInput("Give first or last, not both.", field="last")
        for name, value in (("first", first), ("last", last)):
            if value is not None and not 1 <= value <= LARGEST_PAGE:
                raise BadInput(f"{name} is between 1 and {LARGEST_PAGE}.", field=name)
        return cls(first or last or USUAL_PAGE, after or None, before or None, backward=last is not None)

    @property
    def shape(self) -> tuple[int, bool, bool, bool]:
        """Tell all but the positions: how many, which cursors are given, and from which end."""
        return self.limit, self.after is not None, self.before is not None, self.backward

    def narrow(self, queryset: "QuerySet[Any]", keyset: Keyset) -> "QuerySet[Any]":
        """Keep the rows between the cursors, in the order they are read. Raises: BadInput."""
        return self.between(queryset, keyset).order_by(*keyset.ordering(backward=self.backward))

    def between(self, queryset: "QuerySet[Any]", keyset: Keyset) -> "QuerySet[Any]":
        """Keep the rows between the cursors. Raises: BadInput."""
        if self.after is not None:
            queryset = queryset.filter(keyset.after(self.after))
        if self.before is not None:
            queryset = queryset.filter(keyset.before(self.before))
        return queryset

    def page(self, rows: Sequence[Any], cursor: Callable[[Any], str], count: Callable[[], int]) -> "Page":
        """Make the page of the rows that were read."""
        nodes, more = self.cut(rows)
        return Page(nodes, cursor, count, self, more)

    def cut(self, rows: Sequence[T]) -> tuple[list[T], bool]:
        """Bring what was read into the page's order: one row more than the limit tells that there are more."""
        nodes = list(rows[: self.limit])
        if self.backward:
            nodes.reverse()
        return nodes, len(rows) > self.limit


@dataclass(frozen=True)
class PageEdge:
    node: Any
    write_cursor: Callable[[Any], str]

    @property
    def cursor(self) -> str:
        return self.write_cursor(self.node)


@dataclass
class Page:
    """What a connection's fields read; cursors and the count are worked out only when asked for."""

    nodes: Sequence[Any]
    write_cursor: Callable[[Any], str]
    count: Callable[[], int]
    request: PageRequest
    more: bool

    @cached_property
    def edges(self) -> list[PageEdge]:
        return [PageEdge(node, self.write_cursor) for node in self.nodes]

    @cached_property
    def total_count(self) -> int:
        return self.count()

    @property
    def page_info(self) -> "Page":
        return self

    @property
    def has_next_page(self) -> bool:
        return self.request.before is not None if self.request.backward else self.more

    @property
    def has_previous_page(self) -> bool:
        return self.more if self.request.backward else self.request.after is not None

    @property
    def start_cursor(self) -> str | None:
        return self.write_cursor(self.nodes[0]) if self.nodes else None

    @property
    def end_cursor(self) -> str | None:
        return self.write_cursor(self.nodes[-1]) if self.nodes else None

"""A page that was asked for and is not read yet, and how it is read as rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Model, QuerySet, Window
from django.db.models.functions import RowNumber

from cxplatform.graphql.context import ResolveInfo
from cxplatform.graphql.keyset import Keyset, matching, row_key
from cxplatform.graphql.nodes import Stored
from cxplatform.graphql.pages import Page, PageRequest
from cxplatform.graphql.siblings import keep_together, selection_key, siblings_of

Key = tuple[Any, ...]


@dataclass(frozen=True)
class Link:
    """What ties a page to its parent: the rows' `columns` hold what the parent's `attributes` do."""

    columns: tuple[str, ...]
    attributes: tuple[str, ...]
    parent: Any


@dataclass(frozen=True)
class PageQuery:
    """What a connection's resolver returns: arguments that are checked, over rows this viewer may see.

    The executor decides how it is read: as rows, by `read`, or as columns, by a plan. `rows` may raise Forbidden.
    `of_all`: they are all that this viewer may see, for nothing that was asked narrows them.
    """

    node: type[Stored]
    rows: Callable[[], "QuerySet[Any]"]
    request: PageRequest
    keyset: Keyset
    link: Link | None = None
    of_all: bool = False

    def cursor_values(self) -> list[Any]:
        """Read the values of its cursors, in the order in which a statement takes them. Raises: BadInput."""
        given = [cursor for cursor in (self.request.after, self.request.before) if cursor is not None]
        return [value for cursor in given for value in self.keyset.position(cursor)]

    def read(self, info: ResolveInfo) -> Page:
        """Read the page as rows; a parent's with those of its siblings. Raises: Forbidden, BadInput, TooComplex."""
        link = self.link
        if link is None:
            rows = self.node.load(self.first_rows(), info, self.keyset.columns)
            page = self.request.page(rows, self.keyset.cursor, lambda: self.rows().count())
            keep_together(page.nodes)
            return page
        siblings, asked = siblings_of(link.parent), (selection_key(info), link.columns)
        pages = siblings.load(("page", asked), lambda parents: self._pages(link, parents, info))
        own = row_key(link.parent, link.attributes)

        def count() -> int:
            counts: dict[Key, int] = siblings.load(("count", asked), lambda parents: self.counts(_keys(link, parents)))
            return counts.get(own, 0)

        return self.request.page(pages.get(own, []), self.keyset.cursor, count)

    def first_rows(self) -> "QuerySet[Any]":
        """Narrow all rows to the page, and one more. Raises: Forbidden, BadInput."""
        return self.request.narrow(self.rows(), self.keyset)[: self.request.limit + 1]

    def first_rows_of(self, parents: set[Key]) -> "QuerySet[Any]":
        """Narrow to the pages of all these parents, each with one row more. Raises: Forbidden, BadInput."""
        narrowed = self.request.narrow(self._of(parents), self.keyset)
        if len(parents) == 1:
            return narrowed[: self.request.limit + 1]
        place = Window(
            RowNumber(),
            partition_by=[F(name) for name in self._link.columns],
            order_by=self.keyset.ordering(backward=self.request.backward),
        )
        placed: QuerySet[Any] = narrowed.alias(place=place).filter(place__lte=self.request.limit + 1)
        return placed

    def counts(self, parents: set[Key]) -> dict[Key, int]:
        """Count the rows of each of these parents; one statement."""
        columns = self._link.columns
        grouped = self._of(parents).order_by().values_list(*columns).annotate(rows=Count("pk"))
        return {tuple(row[:-1]): row[-1] for row in grouped}

    @property
    def _link(self) -> Link:
        assert self.link is not None, "only a child connection has parents"
        return self.link

    def _of(self, parents: set[Key]) -> "QuerySet[Any]":
        return self.rows().filter(matching(self._link.columns, parents))

    def _pages(self, link: Link, parents: Sequence[Model], info: ResolveInfo) -> dict[Key, list[Any]]:
        pages: dict[Key, list[Any]] = {}
        rows = self.node.load(self.first_rows_of(_keys(link, parents)), info, (*self.keyset.columns, *link.columns))
        for row in rows:
            pages.setdefault(row_key(row, link.columns), []).append(row)
        # The row more is on no page: nothing is loaded for it.
        keep_together([row for page in pages.values() for row in page[: self.request.limit]])
        return pages


def _keys(link: Link, parents: Sequence[Model]) -> set[Key]:
    return {row_key(parent, link.attributes) for parent in parents}

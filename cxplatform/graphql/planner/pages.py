"""Connections to JSON: the pages of one parent or of many, read in one statement and cut in Python."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import QuerySet
from graphql import FieldNode, GraphQLField, GraphQLObjectType

from cxplatform.graphql.cursors import write_cursor
from cxplatform.graphql.page_queries import Key, PageQuery
from cxplatform.graphql.pages import Page
from cxplatform.graphql.planner.objects import Objects, Produce, as_objects
from cxplatform.graphql.planner.rows import Row, Rows
from cxplatform.graphql.planner.runs import Run


@dataclass(frozen=True)
class Found:
    """The rows of all pages in one sequence; a page's `nodes` are their places in it."""

    rows: Rows
    run: Run
    query: PageQuery

    def cursor_at(self, place: int) -> str:
        keyset = self.query.keyset
        return write_cursor(keyset.name, [self.rows.column(name)[place] for name in keyset.columns])


# A field of an edge: one value for each row. A field of a connection: how it looks on a page.
EdgePart = Callable[[Found], Sequence[Any]]
Part = Callable[[Found], Callable[[Page], Any]]


@dataclass(frozen=True)
class Pages:
    """The selected fields of a connection, the columns its nodes are made of, and the permissions they take."""

    columns: tuple[str, ...]
    requires: frozenset[str]
    parts: dict[str, Part]

    def of_all(self, query: PageQuery, run: Run) -> dict[str, Any]:
        """Read a root connection's page. Raises: Forbidden, BadInput, TooComplex."""
        (page,) = self._read(query, query.first_rows(), run, [()], lambda _: query.rows().count())
        return page

    def of_parents(self, query: PageQuery, parents: Rows, run: Run) -> list[dict[str, Any]]:
        """Read every parent's page. Raises: Forbidden, BadInput, TooComplex."""
        assert query.link is not None, "a child connection is linked to its parents"
        keys = parents.keys(query.link.attributes)
        counts: dict[Key, int] = {}

        def count(key: Key) -> int:
            if not counts:
                counts.update({**dict.fromkeys(keys, 0), **query.counts(set(keys))})
            return counts[key]

        return self._read(query, query.first_rows_of(set(keys)), run, keys, count)

    def _read(
        self, query: PageQuery, rows: "QuerySet[Any]", run: Run, keys: Sequence[Key], count: Callable[[Key], int]
    ) -> list[dict[str, Any]]:
        link = query.link.columns if query.link else ()
        read = run.read(rows, (*self.columns, *query.keyset.columns, *link))
        cuts = {key: query.request.cut(group) for key, group in _grouped(read, link).items()}
        found = Found(Rows(read.names, [row for group, _ in cuts.values() for row in group]), run, query)
        shows = [(name, part(found)) for name, part in self.parts.items()]
        places = _places(cuts)
        return [
            {name: show(page) for name, show in shows}
            for key in keys
            for nodes, more in [places.get(key, (range(0), False))]
            for page in [Page(nodes, found.cursor_at, partial(count, key), query.request, more)]
        ]


def _grouped(rows: Rows, link: Sequence[str]) -> dict[Key, list[Row]]:
    groups: dict[Key, list[Row]] = {}
    for key, row in zip(rows.keys(link), rows.tuples, strict=True):
        groups.setdefault(key, []).append(row)
    return groups


def _places(cuts: dict[Key, tuple[list[Row], bool]]) -> dict[Key, tuple[range, bool]]:
    """Number the rows of all groups through."""
    places, first = {}, 0
    for key, (group, more) in cuts.items():
        places[key] = range(first, first + len(group)), more
        first += len(group)
    return places


def nodes(target: Objects) -> Part:
    def part(found: Found) -> Callable[[Page], Any]:
        shown = target.of(found.rows, found.run)
        return lambda page: [shown[place] for place in page.nodes]

    return part


def edges(parts: Mapping[str, EdgePart]) -> Part:
    def part(found: Found) -> Callable[[Page], Any]:
        shown = as_objects({name: each(found) for name, each in parts.items()})
        return lambda page: [shown[place] for place in page.nodes]

    return part


def edge_nodes(target: Objects) -> EdgePart:
    return lambda found: target.of(found.rows, found.run)


def edge_typename(name: str) -> EdgePart:
    return lambda found: [name] * found.rows.count


def cursors(found: Found) -> Sequence[str]:
    return [found.cursor_at(place) for place in range(found.rows.count)]


def page_info(attributes: Mapping[str, str]) -> Part:
    return lambda found: lambda page: {name: getattr(page, attribute) for name, attribute in attributes.items()}


def constant(value: str) -> Part:
    return lambda found: lambda page: value


def total_count(found: Found) -> Callable[[Page], Any]:
    return lambda page: page.total_count


def children(plan: Pages, owner: GraphQLObjectType, field: GraphQLField, nodes: list[FieldNode]) -> Produce:
    """Read the pages of all these rows; without a row nobody asks, so that no argument is looked at either."""

    def produce(rows: Rows, run: Run) -> Sequence[Any]:
        return plan.of_parents(run.ask(owner, field, nodes, rows), rows, run) if rows.count else []

    return produce

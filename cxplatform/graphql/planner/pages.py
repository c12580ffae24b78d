"""Connections as one JSON object each: the page of everything, or of each row it hangs on."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import cached_property

from graphql import FieldNode, GraphQLField, GraphQLObjectType

from cxplatform.graphql.page_queries import PageQuery
from cxplatform.graphql.planner.asked import Asked
from cxplatform.graphql.planner.objects import Objects
from cxplatform.graphql.planner.parts import Part, built
from cxplatform.graphql.planner.runs import Run
from cxplatform.graphql.planner.writing import Statement, Written, internal


@dataclass
class Pages:
    """The selected fields of a connection: what is made of each of its rows, and what the page shows."""

    number: int
    objects: list[Objects] = field(default_factory=list)
    parts: list[tuple[str, Part]] = field(default_factory=list)
    # Whether the page shows where it lies among the others.
    numbered: bool = False
    # Of the variables those that are used below it. And the statements that were written for it, by what they hang
    # on, without the values of its own cursors.
    variables: tuple[str, ...] = ()
    written: dict[Hashable, Written] = field(default_factory=dict)

    @cached_property
    def rows(self) -> str:
        return internal("row", self.number)

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(column for each in self.objects for column in each.columns)

    @property
    def requires(self) -> set[str]:
        return {permission for each in self.objects for permission in each.requires}

    def write(self, out: Statement, run: Run, query: PageQuery, parent: str | None = None) -> None:
        """Write a statement of one row: `j`, the page, and `read`, how many rows. Raises: NotPlanned, DomainError."""
        # What hangs on rows is joined to them, and may bring them out of order.
        joined = any(each.below for each in self.objects)
        asked = Asked(query, self.rows, parent, self.numbered or joined or query.request.backward)
        out.text("SELECT ")
        built(self.parts)(out, asked)
        read = [f"coalesce(sum({count}), 0)::bigint" for each in self.objects for count in each.read]
        out.text(" AS j, ", " + ".join(["count(*)", *read]), " AS read FROM ")
        asked.write_rows(out, self.columns)
        for each in self.objects:
            each.write_below(out, run)


@dataclass(frozen=True)
class Joined:
    """The page of each row it hangs on."""

    alias: str
    pages: Pages
    parent: str
    owner: GraphQLObjectType
    field: GraphQLField
    nodes: list[FieldNode]

    def write(self, out: Statement, run: Run) -> None:
        self.pages.write(out, run, run.ask(self.owner, self.field, self.nodes), self.parent)

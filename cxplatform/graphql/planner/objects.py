"""Rows of one node type as JSON objects: what is selected from a row, and what is joined to it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from cxplatform.graphql.planner.runs import Run
from cxplatform.graphql.planner.writing import Statement, quoted
from cxplatform.graphql.relations import ReadRelation


class Below(Protocol):
    """What hangs on each row of another: a source called `alias` of `j`, which is JSON, and `read`, a count of rows."""

    @property
    def alias(self) -> str: ...

    def write(self, out: Statement, run: Run) -> None:
        """Write it as a source that refers to the row it hangs on. Raises: NotPlanned, DomainError."""


@dataclass
class Objects:
    """Objects made of the rows called `rows`; `alias` is what the selected fields are called together."""

    rows: str
    alias: str
    # The attributes of a row that this and what hangs on it read; filled while the selection is planned.
    columns: list[str] = field(default_factory=list)
    requires: set[str] = field(default_factory=set)
    fields: list[tuple[str, "str | Related"]] = field(default_factory=list)
    below: list[Below] = field(default_factory=list)

    def show(self, shown: "str | Related", name: str) -> None:
        """Add a field: an expression over the row and what hangs on it, or a row that nothing else hangs on."""
        self.fields.append((name, shown))

    @property
    def json(self) -> str:
        return f"row_to_json({self.alias})"

    @property
    def read(self) -> list[str]:
        """Write how many rows are read for each row by each of what it leads to."""
        related = [shown.wanted for _, shown in self.fields if isinstance(shown, Related)]
        return [*(f"coalesce({each.alias}.read, 0)" for each in self.below), *related]

    def write_below(self, out: Statement, run: Run) -> None:
        """Write what follows the rows in FROM."""
        for each in self.below:
            out.text(" LEFT JOIN LATERAL (")
            each.write(out, run)
            out.text(f") {each.alias} ON true")
        out.text(" CROSS JOIN LATERAL (SELECT ")
        self.write_fields(out, run)
        out.text(f") {self.alias}")

    def write_fields(self, out: Statement, run: Run) -> None:
        """Write the selected fields, as a row has them."""
        for place, (name, shown) in enumerate(self.fields):
            out.text(", " if place else "")
            if isinstance(shown, Related):
                shown.write_value(out, run)
            else:
                out.text(shown)
            out.text(" AS ", quoted(name))


def equal(columns: Sequence[str], alias: str, attributes: Sequence[str], parent: str) -> str:
    """Write that a row hangs on its parent."""
    return " AND ".join(
        f"{alias}.{quoted(column)} = {parent}.{quoted(attribute)}"
        for column, attribute in zip(columns, attributes, strict=True)
    )


@dataclass(frozen=True)
class Related:
    """The row a relation leads to, as this viewer sees it."""

    alias: str
    reader: ReadRelation
    target: Objects
    parent: str

    def write(self, out: Statement, run: Run) -> None:
        target, reader = self.target, self.reader
        out.text("SELECT ", target.json, " AS j, ", " + ".join(["1", *target.read]), " AS read FROM ")
        out.source(reader.node.visible(run.info), (*target.columns, *reader.columns), target.rows)
        target.write_below(out, run)
        out.text(" WHERE ", equal(reader.columns, target.rows, reader.attributes, self.parent))

    def write_value(self, out: Statement, run: Run) -> None:
        """Write it as a value, which costs less than a source; nothing may hang on the row. Raises as `write` does."""
        target, reader = self.target, self.reader
        out.text("(SELECT ", target.json, " FROM (SELECT ")
        target.write_fields(out, run)
        out.text(" FROM ")
        out.source(reader.node.visible(run.info), (*target.columns, *reader.columns), target.rows)
        out.text(" WHERE ", equal(reader.columns, target.rows, reader.attributes, self.parent), f") {target.alias})")

    @property
    def wanted(self) -> str:
        """Write how many rows are read for it: none where the parent names none, or it and what it may name itself."""
        names = " AND ".join(f"{self.parent}.{quoted(attribute)} IS NOT NULL" for attribute in self.reader.attributes)
        return f"({names})::int * {self._most}"

    @property
    def _most(self) -> int:
        return 1 + sum(shown._most for _, shown in self.target.fields if isinstance(shown, Related))

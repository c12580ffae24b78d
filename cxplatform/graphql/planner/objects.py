"""Rows of one node type to JSON objects."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cxplatform.graphql.global_ids import global_id
from cxplatform.graphql.keyset import matching
from cxplatform.graphql.planner.leaves import Write
from cxplatform.graphql.planner.rows import NotPlanned, Rows
from cxplatform.graphql.planner.runs import Run
from cxplatform.graphql.relations import ReadRelation

# One value for each row, in order.
Produce = Callable[[Rows, Run], Sequence[Any]]


@dataclass(frozen=True)
class Objects:
    """The selected fields of a node type, the columns they are made of, and the permissions all of them take."""

    columns: tuple[str, ...]
    requires: frozenset[str]
    fields: dict[str, Produce]

    def of(self, rows: Rows, run: Run) -> list[dict[str, Any]]:
        """Make an object of each row."""
        return as_objects({name: produce(rows, run) for name, produce in self.fields.items()})


def as_objects(columns: Mapping[str, Sequence[Any]]) -> list[dict[str, Any]]:
    """Turn columns, of which there is at least one, into objects."""
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def column(attribute: str, write: Write) -> Produce:
    return lambda rows, run: write(rows.column(attribute))


def typename(name: str) -> Produce:
    return lambda rows, run: [name] * rows.count


def identity(type_name: str) -> Produce:
    return lambda rows, run: [global_id(type_name, key) for key in rows.column("id")]


def relation(reader: ReadRelation, target: Objects, *, required: bool) -> Produce:
    """Read the related rows of all these rows in one statement, as this viewer sees them."""

    def produce(rows: Rows, run: Run) -> Sequence[Any]:
        keys = rows.keys(reader.attributes)
        wanted = {key for key in keys if None not in key}
        shown = _related(reader, target, wanted, run) if wanted else {}
        found = [shown.get(key) for key in keys]
        if required and None in found:
            raise NotPlanned("no row where there must be one")
        return found

    return produce


def _related(reader: ReadRelation, target: Objects, keys: set[Any], run: Run) -> dict[Any, dict[str, Any]]:
    visible = reader.node.visible(run.info)
    found = run.read(visible.filter(matching(reader.columns, keys)), (*target.columns, *reader.columns))
    return dict(zip(found.keys(reader.columns), target.of(found, run), strict=True))

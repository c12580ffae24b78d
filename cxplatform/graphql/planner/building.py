"""From a selection to a plan."""

from collections.abc import Iterator
from itertools import count
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field
from graphql import GraphQLNonNull, GraphQLObjectType
from graphql.execution import Executor
from strawberry.schema.schema_converter import GraphQLCoreConverter

from cxplatform.graphql.columns import spec_of
from cxplatform.graphql.connections import Children
from cxplatform.graphql.nodes import Stored
from cxplatform.graphql.planner.asked import Asked
from cxplatform.graphql.planner.leaves import fitting, leaf
from cxplatform.graphql.planner.objects import Objects, Related
from cxplatform.graphql.planner.pages import Joined, Pages
from cxplatform.graphql.planner.parts import EdgePart, Part, built, constant, edges, literal, page_info
from cxplatform.graphql.planner.refusals import NotPlanned
from cxplatform.graphql.planner.selecting import Selected, Selections
from cxplatform.graphql.planner.writing import internal, quoted
from cxplatform.graphql.relations import ReadColumn, ReadGlobalId, ReadRelation

_BACKREF = GraphQLCoreConverter.DEFINITION_BACKREF
# PostgreSQL ends a line of base64 after 76 characters: 57 bytes, of which a key takes 36 and the colon one.
_LONGEST_ON_A_LINE = 20


class Planner:
    """Plans selections of one operation. Every method raises NotPlanned for what only the ordinary way can answer."""

    def __init__(self, executor: Executor[Any]) -> None:
        self._selected = Selections(executor)
        self._numbers = count(1)

    def connection(self, node: type[Stored], type_: GraphQLObjectType, details: list[Any]) -> Pages:
        """Plan a connection to rows of a node type."""
        plan = Pages(next(self._numbers))
        plan.parts += [(name, self._part(plan, node, each)) for name, each in self._selected.of(type_, details)]
        return plan

    def _part(self, plan: Pages, node: type[Stored], selected: Selected) -> Part:
        if selected.field is None:
            return constant(selected.owner.name)
        match selected.attribute:
            case "nodes":
                shown = self._objects(plan, node, selected).json
                return lambda out, asked: out.text(asked.listed(shown))
            case "edges":
                return edges([(name, self._edge_part(plan, node, each)) for name, each in self._below(selected)])
            case "page_info":
                plan.numbered = True
                return built([(name, page_info(each)) for name, each in self._below(selected)])
            case "total_count":
                return lambda out, asked: asked.write_count(out)
        raise NotPlanned(selected.attribute)

    def _edge_part(self, plan: Pages, node: type[Stored], selected: Selected) -> EdgePart:
        if selected.field is None:
            return lambda asked: literal(selected.owner.name)
        match selected.attribute:
            case "cursor":
                return Asked.row_cursor
            case "node":
                shown = self._objects(plan, node, selected).json
                return lambda asked: shown
        raise NotPlanned(selected.attribute)

    def _objects(self, plan: Pages, node: type[Stored], selected: Selected) -> Objects:
        """Plan the nodes of a page, which are made of the page's rows."""
        made = self._node(node, selected, plan.rows)
        plan.objects.append(made)
        return made

    def _node(self, node: type[Stored], selected: Selected, rows: str) -> Objects:
        made = Objects(rows, self._alias("node"))
        for name, each in self._below(selected):
            self._show(made, node, each, name)
        return made

    def _show(self, made: Objects, node: type[Stored], selected: Selected, name: str) -> None:
        """Add a selected field of a node."""
        if selected.field is None:
            made.show(literal(selected.owner.name), name)
            return
        resolve = selected.field.resolve
        if isinstance(resolve, ReadGlobalId):
            made.columns.append(resolve.attribute)
            made.show(_global_id(resolve.type_name, f"{made.rows}.{quoted(resolve.attribute)}"), name)
        elif isinstance(resolve, ReadColumn):
            self._column(made, node, selected, resolve, name)
        elif isinstance(resolve, ReadRelation):
            self._relation(made, selected, resolve, name)
        else:
            self._children(made, selected, name)

    @staticmethod
    def _column(made: Objects, node: type[Stored], selected: Selected, reader: ReadColumn, name: str) -> None:
        field = _field(node, reader.attribute)
        written = leaf(selected.declared.type, field, f"{made.rows}.{quoted(reader.attribute)}")
        made.columns.append(reader.attribute)
        made.requires |= {reader.requires} if reader.requires else set()
        made.show(written, name)

    def _relation(self, made: Objects, selected: Selected, reader: ReadRelation, name: str) -> None:
        target = self._node(reader.node, selected, self._alias("row"))
        related = Related(self._alias("related"), reader, target, made.rows)
        made.columns += reader.attributes
        made.requires |= target.requires | {reader.node.requires}
        required = isinstance(selected.declared.type, GraphQLNonNull)
        if not (required or target.below):
            made.show(related, name)
            return
        made.below.append(related)
        shown = f"{related.alias}.j"
        made.show(fitting(f"{shown} IS NOT NULL", shown) if required else shown, name)

    def _children(self, made: Objects, selected: Selected, name: str) -> None:
        children = spec_of(selected.declared.extensions[_BACKREF])
        if not isinstance(children, Children):
            raise NotPlanned(str(selected.declared))
        plan = self.connection(children.node, selected.below, selected.details)
        made.columns += children.attributes
        made.requires |= plan.requires | {children.node.requires}
        nodes = [each.node for each in selected.details]
        joined = Joined(self._alias("joined"), plan, made.rows, selected.owner, selected.declared, nodes)
        made.below.append(joined)
        made.show(f"{joined.alias}.j", name)

    def _below(self, selected: Selected) -> Iterator[tuple[str, Selected]]:
        return self._selected.below(selected)

    def _alias(self, kind: str) -> str:
        return internal(kind, next(self._numbers))


def _field(node: type[Stored], attribute: str) -> "Field[Any, Any]":
    """Return the field of the model that an attribute is read from. Raises: NotPlanned."""
    try:
        field = node.model()._meta.get_field(attribute)
    except FieldDoesNotExist:
        raise NotPlanned(attribute) from None
    if not isinstance(field, Field) or field.column != attribute:
        raise NotPlanned(attribute)
    return field


def _global_id(type_name: str, key: str) -> str:
    text = f"encode(('{type_name}:' || {key})::bytea, 'base64')"
    return text if len(type_name) <= _LONGEST_ON_A_LINE else f"replace({text}, E'\\n', '')"

"""From a selection to a plan."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from graphql import GraphQLField, GraphQLNonNull, GraphQLObjectType, get_named_type
from graphql.execution import Executor
from strawberry.schema.schema_converter import GraphQLCoreConverter

from cxplatform.graphql.columns import spec_of
from cxplatform.graphql.connections import Children
from cxplatform.graphql.planner import objects, pages
from cxplatform.graphql.planner.leaves import writer_of
from cxplatform.graphql.planner.objects import Objects, Produce
from cxplatform.graphql.planner.pages import EdgePart, Pages, Part
from cxplatform.graphql.planner.rows import NotPlanned
from cxplatform.graphql.relations import ReadColumn, ReadGlobalId, ReadRelation

_BACKREF = GraphQLCoreConverter.DEFINITION_BACKREF
# What `page_info` is read from a page by.
_OF_PAGE = frozenset({"has_next_page", "has_previous_page", "start_cursor", "end_cursor"})


class Selected(NamedTuple):
    """A selected field: of which type, as what declared (`__typename` is no type's), and where in the document."""

    owner: GraphQLObjectType
    field: GraphQLField | None
    details: list[Any]

    @property
    def declared(self) -> GraphQLField:
        assert self.field is not None, "__typename is told apart first"
        return self.field

    @property
    def below(self) -> GraphQLObjectType:
        """Return the type of the object, or of the objects, the field leads to. Raises: NotPlanned."""
        named = get_named_type(self.declared.type)
        if not isinstance(named, GraphQLObjectType):
            raise NotPlanned(str(named))
        return named

    @property
    def attribute(self) -> str:
        """Return the attribute a plain column reads. Raises: NotPlanned."""
        resolve = self.declared.resolve
        if not isinstance(resolve, ReadColumn) or resolve.requires is not None:
            raise NotPlanned(str(self.declared))
        return resolve.attribute


@dataclass
class Needs:
    """What a selection turns out to need while it is planned."""

    columns: list[str] = field(default_factory=list)
    requires: set[str] = field(default_factory=set)


class Planner:
    """Plans selections of one operation. Every method raises NotPlanned for what only the ordinary way can answer."""

    def __init__(self, executor: Executor[Any]) -> None:
        self._executor = executor

    def connection(self, type_: GraphQLObjectType, details: list[Any]) -> Pages:
        """Plan a connection."""
        needs = Needs()
        parts = {name: self._part(each, needs) for name, each in self._fields(type_, details)}
        return Pages(tuple(needs.columns), frozenset(needs.requires), parts)

    def _part(self, selected: Selected, needs: Needs) -> Part:
        if selected.field is None:
            return pages.constant(selected.owner.name)
        match selected.attribute:
            case "nodes":
                return pages.nodes(self._objects(selected, needs))
            case "edges":
                below = self._fields(selected.below, selected.details)
                return pages.edges({name: self._edge_part(each, needs) for name, each in below})
            case "page_info":
                return self._page_info(selected)
            case "total_count":
                return pages.total_count
        raise NotPlanned(selected.attribute)

    def _edge_part(self, selected: Selected, needs: Needs) -> EdgePart:
        if selected.field is None:
            return pages.edge_typename(selected.owner.name)
        match selected.attribute:
            case "cursor":
                return pages.cursors
            case "node":
                return pages.edge_nodes(self._objects(selected, needs))
        raise NotPlanned(selected.attribute)

    def _page_info(self, selected: Selected) -> Part:
        below = dict(self._fields(selected.below, selected.details))
        if not all(each.field is not None and each.attribute in _OF_PAGE for each in below.values()):
            raise NotPlanned("pageInfo")
        return pages.page_info({name: each.attribute for name, each in below.items()})

    def _objects(self, selected: Selected, above: Needs) -> Objects:
        """Plan the nodes of a page; what they are made of is read with the page."""
        target = self._node(selected.below, selected.details)
        above.columns += target.columns
        above.requires |= target.requires
        return target

    def _node(self, type_: GraphQLObjectType, details: list[Any]) -> Objects:
        needs = Needs()
        producers = {name: self._produce(each, needs) for name, each in self._fields(type_, details)}
        return Objects(tuple(needs.columns), frozenset(needs.requires), producers)

    def _produce(self, selected: Selected, needs: Needs) -> Produce:
        if selected.field is None:
            return objects.typename(selected.owner.name)
        resolve = selected.field.resolve
        if isinstance(resolve, ReadGlobalId):
            needs.columns.append("id")
            return objects.identity(resolve.type_name)
        if isinstance(resolve, ReadColumn):
            needs.columns.append(resolve.attribute)
            needs.requires |= {resolve.requires} if resolve.requires else set()
            return objects.column(resolve.attribute, writer_of(selected.field.type))
        if isinstance(resolve, ReadRelation):
            return self._relation(resolve, selected, needs)
        return self._children(selected, needs)

    def _relation(self, reader: ReadRelation, selected: Selected, needs: Needs) -> Produce:
        target = self._node(selected.below, selected.details)
        needs.columns += reader.attributes
        needs.requires |= target.requires | {reader.node.requires}
        return objects.relation(reader, target, required=isinstance(selected.declared.type, GraphQLNonNull))

    def _children(self, selected: Selected, needs: Needs) -> Produce:
        children = spec_of(selected.declared.extensions[_BACKREF])
        if not isinstance(children, Children):
            raise NotPlanned(str(selected.declared))
        plan = self.connection(selected.below, selected.details)
        needs.columns += children.attributes
        needs.requires |= plan.requires | {children.node.requires}
        nodes = [each.node for each in selected.details]
        return pages.children(plan, selected.owner, selected.declared, nodes)

    def _fields(self, owner: GraphQLObjectType, details: list[Any]) -> Iterator[tuple[str, Selected]]:
        for name, each in self._executor.collect_subfields(owner, details).grouped_field_set.items():
            selected = each[0].node.name.value
            if selected not in owner.fields and selected != "__typename":
                raise NotPlanned(selected)
            yield name, Selected(owner, owner.fields.get(selected), each)

"""The schema class: strawberry's, with every declared field given its resolver once."""

from collections.abc import Iterator
from functools import cache
from typing import Any, cast

import strawberry
from django.conf import settings
from django.utils.module_loading import import_string
from graphql import GraphQLField, GraphQLObjectType, GraphQLSchema, get_named_type
from strawberry.schema.config import StrawberryConfig
from strawberry.schema.name_converter import NameConverter
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.base import StrawberryObjectDefinition, StrawberryType
from strawberry.types.field import StrawberryField

from cxplatform.graphql.columns import ColumnSpec, GlobalIdSpec, RelationSpec, spec_of
from cxplatform.graphql.nodes import Node, Stored
from cxplatform.graphql.relations import ReadColumn, ReadGlobalId, ReadRelation
from cxplatform.graphql.scalars import SCALARS

_SCALAR_NAMES: dict[object, str] = {str: "String", **{key: scalar.name for key, scalar in SCALARS.items()}}
_BACKREF = GraphQLCoreConverter.DEFINITION_BACKREF


class Names(NameConverter):
    """Names of generic types, by the schema's names of scalars: `DateTimeRange`, not `DatetimeRange`."""

    def get_name_from_type(self, type_: StrawberryType | type) -> str:
        return _SCALAR_NAMES.get(type_) or super().get_name_from_type(type_)


class Schema(strawberry.Schema):
    """A schema whose declared fields are resolved without strawberry's per-call work."""

    def __init__(self, query: type, mutation: type | None, subscription: type | None, types: list[type]) -> None:
        super().__init__(
            query=query,
            mutation=mutation,
            subscription=subscription,
            types=types,
            config=StrawberryConfig(scalar_map=SCALARS, name_converter=Names()),
        )
        self.nodes: dict[str, type[Node]] = {}
        for graphql_type, definition in _object_types(self.core):
            if issubclass(definition.origin, Node):
                self.nodes[graphql_type.name] = definition.origin
            for field in graphql_type.fields.values():
                _give_resolver(graphql_type, field)

    @property
    def core(self) -> GraphQLSchema:
        """Return graphql-core's schema."""
        return self._schema


def _object_types(schema: GraphQLSchema) -> Iterator[tuple[GraphQLObjectType, StrawberryObjectDefinition]]:
    for graphql_type in schema.type_map.values():
        definition = graphql_type.extensions.get(_BACKREF)
        if isinstance(graphql_type, GraphQLObjectType) and isinstance(definition, StrawberryObjectDefinition):
            yield graphql_type, definition


def _give_resolver(owner: GraphQLObjectType, field: GraphQLField) -> None:
    declared: StrawberryField = field.extensions[_BACKREF]
    spec = spec_of(declared)
    if isinstance(spec, RelationSpec):
        target: StrawberryObjectDefinition = get_named_type(field.type).extensions[_BACKREF]
        attributes = spec.attributes or (f"{declared.python_name}_id",)
        field.resolve = ReadRelation(cast(type[Stored], target.origin), attributes, spec.columns)
    elif isinstance(spec, ColumnSpec) and declared.python_name == "id":
        field.resolve = ReadGlobalId(owner.name)
    elif isinstance(spec, GlobalIdSpec):
        field.resolve = ReadGlobalId(spec.type_name, declared.python_name)
    elif isinstance(spec, ColumnSpec):
        field.resolve = ReadColumn(declared.python_name, spec.requires)


@cache
def served_schema() -> Schema:
    """Return the schema this installation serves; the setting CX_GRAPHQL_SCHEMA names it."""
    schema: Any = import_string(settings.CX_GRAPHQL_SCHEMA)
    if not isinstance(schema, Schema):
        raise TypeError("CX_GRAPHQL_SCHEMA names something else than a schema.")
    return schema

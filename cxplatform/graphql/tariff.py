"""The price of every field of a schema: the one it declares, else one by what it returns and how it is resolved."""

from typing import Final

from graphql import GraphQLField, GraphQLList, GraphQLNonNull, GraphQLSchema, get_named_type, is_leaf_type
from graphql.type import is_introspection_type, is_union_type
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.field import StrawberryField

from cxplatform.graphql.columns import spec_of
from cxplatform.graphql.nodes import Stored
from cxplatform.graphql.prices import A_QUERY, FREE, Price, declared_price

# How long a list is thought to be that has no page and says nothing.
USUAL_LIST: Final = 10

_BACKREF = GraphQLCoreConverter.DEFINITION_BACKREF
# An object of introspection is read from memory, about twenty in a tenth of a millisecond.
_DESCRIBED: Final = 0.05
# How many of each list a type has on average, and how often a type wraps another.
_DESCRIBED_TIMES: Final = {
    "fields": 8,
    "inputFields": 6,
    "enumValues": 5,
    "interfaces": 1,
    "possibleTypes": 1,
    "args": 2,
    "directives": 8,
    "ofType": 0.5,
}


class Tariff:
    """The prices of one schema's fields, each worked out once."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._types = len(schema.type_map)
        self._prices: dict[int, tuple[GraphQLField, Price]] = {}

    def price(self, name: str, field: GraphQLField) -> Price:
        """Return the price of a field of this name."""
        found = self._prices.get(id(field))
        if found is None:
            # The field is kept with its price, so that its id is not given to another.
            found = self._prices[id(field)] = field, self._work_out(name, field)
        return found[1]

    def _work_out(self, name: str, field: GraphQLField) -> Price:
        target = get_named_type(field.type)
        if is_introspection_type(target):
            times = self._types if name == "types" else _DESCRIBED_TIMES.get(name, 1)
            return FREE if is_leaf_type(target) else Price(each=_DESCRIBED, times=times)
        declared: StrawberryField | None = field.extensions.get(_BACKREF)
        if declared is None:
            return FREE
        return declared_price(declared) or _usual(field, declared)


def _usual(field: GraphQLField, declared: StrawberryField) -> Price:
    if is_leaf_type(get_named_type(field.type)):
        return FREE
    times = USUAL_LIST if _is_list(field) else 1
    if _is_stored(field):
        return Price(each=1, times=times, rows=True)
    resolved = spec_of(declared) is None
    return Price(A_QUERY.own if resolved else 0, times=times)


def _is_stored(field: GraphQLField) -> bool:
    target = get_named_type(field.type)
    definition = target.extensions.get(_BACKREF)
    # Only rows of several types are told as a union.
    return is_union_type(target) or (
        isinstance(definition, StrawberryObjectDefinition) and issubclass(definition.origin, Stored)
    )


def _is_list(field: GraphQLField) -> bool:
    kind = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
    return isinstance(kind, GraphQLList)

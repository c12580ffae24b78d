"""What holds for every filter and order there is, and will hold for those to come."""

from collections.abc import Iterator
from typing import Any

import pytest
from graphql import GraphQLInputObjectType, GraphQLObjectType, get_named_type
from strawberry.types.base import StrawberryContainer

from cxplatform.graphql.filters.comparisons import Comparisons
from cxplatform.graphql.filters.declaring import declared_filters, path_of
from cxplatform.graphql.filters.places import permission_of, relation_of
from cxplatform.graphql.nodes import Stored
from cxplatform.graphql.schema import served_schema

CORE = served_schema().core


def _connections() -> Iterator[tuple[str, type[Any], dict[str, Any]]]:
    """Yield every field that is a connection, with its node type and its arguments."""
    for owner in CORE.type_map.values():
        for name, field in owner.fields.items() if isinstance(owner, GraphQLObjectType) else ():
            named = get_named_type(field.type)
            if isinstance(named, GraphQLObjectType) and "pageInfo" in named.fields:
                node = get_named_type(named.fields["nodes"].type).name
                yield f"{owner.name}.{name}", served_schema().nodes.get(node, object), field.args


# Customers as they fare: reckoned, so in the order of what was reckoned, and narrowed as numbers are.
RECKONED = {"Query.blindSpotCustomers", "Query.captiveCustomers", "Query.silentSufferers"}
CONNECTIONS = {
    place: (node, arguments)
    for place, node, arguments in _connections()
    if issubclass(node, Stored) and place not in RECKONED
}


def _input(argument: Any) -> GraphQLInputObjectType:
    named = get_named_type(argument.type)
    assert isinstance(named, GraphQLInputObjectType)
    return named


def _class_of(named: GraphQLInputObjectType) -> type:
    origin: type = named.extensions["strawberry-definition"].origin
    return origin


def test_there_are_lists_in_both_directions() -> None:
    assert CONNECTIONS.keys() >= {
        "Query.customers", "Query.interactions", "Query.surveys", "Query.surveyResponses", "Query.importJobs",
        "Customer.interactions", "Customer.orders", "Customer.surveyResponses", "Customer.touchpointEvents",
        "Interaction.surveyResponses", "Survey.responses", "Touchpoint.events",
    }  # fmt: skip


@pytest.mark.parametrize("place", CONNECTIONS)
def test_every_list_takes_a_filter_and_an_order(place: str) -> None:
    _, arguments = CONNECTIONS[place]

    where, order = _input(arguments["where"]), _input(arguments["orderBy"])
    assert str(where.fields["AND"].type) == str(where.fields["OR"].type) == f"[{where.name}!]"
    assert where.fields["NOT"].type is where
    assert list(order.fields) == ["field", "direction"]
    assert {"first", "after", "last", "before"} <= arguments.keys()


@pytest.mark.parametrize("place", CONNECTIONS)
def test_every_filter_names_what_the_node_type_has(place: str) -> None:
    node, arguments = CONNECTIONS[place]

    _check_filters(node, _class_of(_input(arguments["where"])))


def _check_filters(node: type[Stored], where: type) -> None:
    for field in declared_filters(where):
        head, *column = path_of(field)
        compared = field.type
        while isinstance(compared, StrawberryContainer):
            compared = compared.of_type
        assert isinstance(compared, type)
        if not issubclass(compared, Comparisons):
            _check_filters(relation_of(node, head).target, compared)
        elif column:
            permission_of(relation_of(node, head).target, column[0])
        else:
            permission_of(node, head)


@pytest.mark.parametrize("place", CONNECTIONS)
def test_no_list_is_ordered_by_what_some_of_its_readers_may_not_read(place: str) -> None:
    node, arguments = CONNECTIONS[place]
    columns = get_named_type(_input(arguments["orderBy"]).fields["field"].type).values

    assert {permission_of(node, value.value) for value in columns.values()} == {None}

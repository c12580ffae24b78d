"""The arguments of a field for its price: read before any type has judged them, once a document where that will do."""

from collections.abc import Callable, Mapping
from typing import Any

from graphql import FieldNode, ListValueNode, ObjectValueNode, ValueNode, VariableNode, value_from_ast_untyped

from cxplatform.graphql.pages import LARGEST_PAGE, USUAL_PAGE
from cxplatform.graphql.prices import Amount, Arguments


def amount_of(amount: Amount, node: FieldNode) -> Amount:
    """Bind a price to the arguments of this field; what depends on variables stays to be worked out a request."""
    if not callable(amount):
        return amount
    price: Callable[[Arguments], float] = amount
    if not any(_varies(argument.value) for argument in node.arguments or ()):
        return price(_arguments(node, {}))
    return lambda variables: price(_arguments(node, variables))


def page_size(node: FieldNode) -> Amount:
    """Tell how many rows a page may have: an argument that is out of bounds is refused when it is read."""
    return amount_of(_page, node)


def _page(arguments: Arguments) -> float:
    for name in ("first", "last"):
        size = arguments.get(name)
        if isinstance(size, int | float):
            return min(max(size, 1), LARGEST_PAGE)
    return USUAL_PAGE


def _arguments(node: FieldNode, variables: Mapping[str, Any]) -> Arguments:
    return {
        argument.name.value: value_from_ast_untyped(argument.value, dict(variables))
        for argument in node.arguments or ()
    }


def _varies(value: ValueNode) -> bool:
    if isinstance(value, VariableNode):
        return True
    if isinstance(value, ListValueNode):
        return any(map(_varies, value.values))
    return isinstance(value, ObjectValueNode) and any(_varies(part.value) for part in value.fields)

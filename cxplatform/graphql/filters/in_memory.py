"""The same filters over objects that are in memory already; what a field names is an attribute of the object."""

from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar

from strawberry import UNSET

from cxplatform.graphql.filters.bounds import check_bounds
from cxplatform.graphql.filters.comparisons import Comparison
from cxplatform.graphql.filters.declaring import declared_filters, path_of

ItemT = TypeVar("ItemT")

_COMPARE: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "eq": lambda found, value: bool(found == value),
    "one_of": lambda found, values: found in values,
    "contains": lambda found, value: value.upper() in found.upper(),
    "gte": lambda found, value: bool(found >= value),
    "lt": lambda found, value: bool(found < value),
}


def matching_items(items: Iterable[ItemT], where: object) -> list[ItemT]:
    """Return the items that match; all of them, where `where` is None or UNSET. Raises: BadInput, TooComplex."""
    if where is None or where is UNSET:
        return list(items)
    check_bounds(where)
    return [item for item in items if _holds(where, item)]


def _holds(where: Any, item: object) -> bool:
    compared = [
        _compares(comparison, getattr(item, path_of(field)[0]))
        for field in declared_filters(type(where))
        if (value := getattr(where, field.python_name)) is not UNSET and value is not None
        for comparison in value.given()
    ]
    several = where.AND or ()
    return (
        all(compared)
        and all(_holds(each, item) for each in several)
        and (where.OR is UNSET or where.OR is None or any(_holds(each, item) for each in where.OR))
        and not (where.NOT and _holds(where.NOT, item))
    )


def _compares(comparison: Comparison, found: object) -> bool:
    how, value = comparison
    if how == "is_null":
        return (found is None) is value
    return found is not None and _COMPARE[how](found, value)

"""From a `where` a client gave to a condition on rows; only declared columns are ever touched.

Every comparison is true or false, never unknown: one with null is false, and its NOT is true.
"""

from collections.abc import Callable, Iterable
from functools import reduce
from operator import and_, or_
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from strawberry import UNSET
from strawberry.types import get_object_definition

from cxplatform.errors import NotFound
from cxplatform.graphql.context import AnyInfo
from cxplatform.graphql.filters.bounds import check_bounds
from cxplatform.graphql.filters.comparisons import Comparison, Comparisons
from cxplatform.graphql.filters.declaring import declared_filters, meaning_of, path_of
from cxplatform.graphql.filters.places import Relation, is_nullable, permission_of, relation_of
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.keyset import matching
from cxplatform.graphql.nodes import Stored

NOTHING: Final = Q(pk__in=[])
# An empty Q would vanish from an OR, and its negation would still be everything.
EVERYTHING: Final = ~NOTHING
# Related rows are looked up first, for by their keys the planner knows how many rows there are of each. More of them
# than this are left to the database.
_LOOKED_UP: Final = 1_000

COMPARE: Final[dict[str, Callable[[str, Any], Q]]] = {
    "eq": lambda column, value: Q(**{column: value}),
    "one_of": lambda column, values: Q(**{f"{column}__in": values}),
    "contains": lambda column, value: Q(**{f"{column}__icontains": value}),
    "under": lambda column, value: Q(**{column: value}) | Q(**{f"{column}__startswith": f"{value}/"}),
    "gte": lambda column, value: Q(**{f"{column}__gte": value}),
    "lt": lambda column, value: Q(**{f"{column}__lt": value}),
    "is_null": lambda column, value: Q(**{f"{column}__isnull": value}),
}


def narrows(where: object) -> bool:
    """Tell whether a `where` was given at all; it may be None or UNSET."""
    return where is not None and where is not UNSET


def narrowed(node: type[Stored], where: object, info: AnyInfo) -> "QuerySet[Any]":
    """Return the rows of a node type that this viewer may see and that match; `where` may be None or UNSET.

    One query more for each condition on related rows. Raises: Forbidden, BadInput, TooComplex.
    """
    visible = node.visible(info)
    if not narrows(where):
        return visible
    check_bounds(where)
    return visible.filter(_group(node, where, info))


def _group(node: type[Stored], where: Any, info: AnyInfo) -> Q:
    parts = []
    for field in declared_filters(type(where)):
        value = getattr(where, field.python_name)
        if value is None or value is UNSET:
            continue
        head, *column = path_of(field)
        if (means := meaning_of(field)) is not None:
            its = permission_of(relation_of(node, head).target, column[0]) if column else permission_of(node, head)
            info.context.require(its)
            parts.append(_all(means(how, compared) for how, compared in value.given()))
        elif not isinstance(value, Comparisons):
            parts.append(_related(relation_of(node, head), value, info))
        elif column:
            parts.append(_keyed(relation_of(node, head), column[0], [*value.given()], info))
        else:
            parts.append(_column(node, head, value.given(), info))
    return _all([*parts, *_connected(node, where, info)])


def _connected(node: type[Stored], where: Any, info: AnyInfo) -> list[Q]:
    parts = []
    if where.AND:
        parts.append(_all([_group(node, each, info) for each in where.AND]))
    if where.OR is not UNSET and where.OR is not None:
        parts.append(reduce(or_, (_group(node, each, info) for each in where.OR), NOTHING))
    if where.NOT:
        parts.append(~_group(node, where.NOT, info))
    return parts


def _all(parts: Iterable[Q]) -> Q:
    return reduce(and_, parts, EVERYTHING)


def _column(node: type[Stored], column: str, given: Iterable[Comparison], info: AnyInfo) -> Q:
    info.context.require(permission_of(node, column))
    if column == "id":
        given = [(how, _keys(node, value)) for how, value in given]
    return _all(COMPARE[how](column, value) for how, value in given)


def _keys(node: type[Stored], value: Any) -> Any:
    """Read global ids; one of another type is no row's. Raises: BadInput."""
    if isinstance(value, list):
        return [key for each in value if (key := _keys(node, each)) is not None]
    if not isinstance(value, str):
        return value
    try:
        return key_of(value, get_object_definition(node, strict=True).name, field="where")
    except NotFound:
        return None


def _related(relation: Relation, where: object, info: AnyInfo) -> Q:
    return _of_rows(relation, _group(relation.target, where, info), info)


def _keyed(relation: Relation, column: str, given: list[Comparison], info: AnyInfo) -> Q:
    """Match by a column of a related row; without such a row, the column is unknown."""
    parts = []
    for how, value in given:
        if how == "is_null":
            known = _is_known(relation, column, info)
            parts.append(~known if value else known)
    rest = [(how, value) for how, value in given if how != "is_null"]
    if rest:
        parts.append(_of_rows(relation, _column(relation.target, column, rest, info), info))
    return _all(parts)


def _is_known(relation: Relation, column: str, info: AnyInfo) -> Q:
    if is_nullable(relation.target, column):
        return _of_rows(relation, _column(relation.target, column, [("is_null", False)], info), info)
    relation.target.visible(info)  # refuses whoever may see none of the kind
    return _all(Q(**{f"{attribute}__isnull": False}) for attribute in relation.attributes)


def _of_rows(relation: Relation, condition: Q, info: AnyInfo) -> Q:
    rows = relation.target.visible(info).filter(condition)
    keys = set(rows.values_list(*relation.columns)[: _LOOKED_UP + 1])
    return matching(relation.attributes, keys) if len(keys) <= _LOOKED_UP else _among(relation, rows)


def _among(relation: Relation, rows: "QuerySet[Any]") -> Q:
    if len(relation.columns) == 1:
        # Inside OR and NOT too, PostgreSQL hashes the keys of an IN once; an EXISTS it would try for every row.
        return Q(**{f"{relation.attributes[0]}__in": rows.values(relation.columns[0])})
    same = dict(zip(relation.columns, map(OuterRef, relation.attributes), strict=True))
    return Q(Exists(rows.filter(**same)))

"""The same filters over rows of several tables that were given columns of the same names."""

from collections.abc import Mapping
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Q
from strawberry import UNSET

from cxplatform.graphql.filters.bounds import check_bounds
from cxplatform.graphql.filters.conditions import COMPARE, EVERYTHING, NOTHING
from cxplatform.graphql.filters.declaring import declared_filters


def condition_on(columns: Mapping[str, str], where: object) -> Q:
    """Match what a `where` does, its fields being told as columns; everything, for None or UNSET.

    Raises: BadInput, TooComplex.
    """
    if where is None or where is UNSET:
        return Q()
    check_bounds(where)
    return _group(columns, where)


def _group(columns: Mapping[str, str], where: Any) -> Q:
    parts = [
        COMPARE[how](columns[field.python_name], value)
        for field in declared_filters(type(where))
        if (given := getattr(where, field.python_name)) is not UNSET and given is not None
        for how, value in given.given()
    ]
    parts += [_group(columns, each) for each in where.AND or ()]
    if where.OR is not UNSET and where.OR is not None:
        parts.append(reduce(or_, (_group(columns, each) for each in where.OR), NOTHING))
    if where.NOT:
        parts.append(~_group(columns, where.NOT))
    return reduce(and_, parts, EVERYTHING)

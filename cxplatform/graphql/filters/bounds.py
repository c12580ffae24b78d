"""How much one `where` may ask: known before anything of it is looked up."""

from dataclasses import dataclass, fields
from typing import Any

from strawberry import UNSET

from cxplatform.graphql.context import TooComplex
from cxplatform.graphql.filters.comparisons import Comparisons
from cxplatform.graphql.filters.declaring import is_where

MAX_DEPTH = 8
MAX_COMPARISONS = 50
MAX_GROUPS = 50


@dataclass
class _Size:
    comparisons: int = 0
    groups: int = 0


def check_bounds(where: object) -> None:
    """Refuse a filter that is nested too deep or holds too much. Raises: TooComplex."""
    _measure(where, 1, _Size())


def _measure(where: Any, depth: int, size: _Size) -> None:
    size.groups += 1
    if depth > MAX_DEPTH:
        raise TooComplex(f"A filter is nested at most {MAX_DEPTH} deep.")
    if size.groups > MAX_GROUPS:
        raise TooComplex(f"A filter has at most {MAX_GROUPS} groups: AND, OR, NOT and related rows.")
    for field in fields(where):
        value = getattr(where, field.name)
        if isinstance(value, Comparisons):
            size.comparisons += _count(value)
            if size.comparisons > MAX_COMPARISONS:
                raise TooComplex(f"A filter has at most {MAX_COMPARISONS} comparisons.")
        for part in value if isinstance(value, list) else [value]:
            if is_where(part):
                _measure(part, depth + 1, size)


def _count(given: Any) -> int:
    values = [getattr(given, field.name) for field in fields(given)]
    return sum(_count(value) if isinstance(value, Comparisons) else value is not UNSET for value in values)

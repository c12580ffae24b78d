"""The input types a single field is compared by. Everything given in one of them must hold."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Generic, TypeVar

import strawberry
from strawberry import UNSET

from cxplatform.errors import BadInput
from cxplatform.graphql.naming import camel
from cxplatform.graphql.scalars import BigInt
from cxplatform.imports.problems import Refused
from cxplatform.imports.texts import storable

MOST_VALUES = 100
LONGEST_TEXT = 300

ValueT = TypeVar("ValueT")

# How a value is compared, and the value: `eq`, `oneOf`, …, and of a range `gte` and `lt`.
Comparison = tuple[str, Any]


def _compare(description: str) -> Any:
    return strawberry.field(default=UNSET, description=description)


class Comparisons:
    """What all of them share: being read as (how, value)."""

    def given(self) -> Iterator[Comparison]:
        """Yield what was given, checked. Raises: BadInput."""
        for field in fields(self):  # type: ignore[arg-type]  # every subclass is a dataclass
            value = getattr(self, field.name)
            if value is UNSET:
                continue
            if value is None:
                raise BadInput(f"{camel(field.name)} compares with a value; isNull asks for null.", field="where")
            if isinstance(value, Comparisons):
                yield from value.given()
            else:
                yield field.name, _checked(value)


def _checked(value: object) -> object:
    if isinstance(value, list):
        if len(value) > MOST_VALUES:
            raise BadInput(f"oneOf takes at most {MOST_VALUES} values.", field="where")
        return [_checked(each) for each in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return _text(value)
    return value


def _text(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise BadInput(f"Text to compare with has at most {LONGEST_TEXT} characters.", field="where")
    try:
        return storable(text)
    except Refused as refused:
        raise BadInput(f"Text to compare with {refused.message}.", field="where") from None


@strawberry.input(description="A value among a few known ones.")
class Filter(Comparisons, Generic[ValueT]):
    eq: ValueT | None = _compare("Exactly this.")
    one_of: list[ValueT] | None = _compare("One of these, at most 100; an empty list matches nothing.")
    is_null: bool | None = _compare("Whether it is unknown.")


@strawberry.input(description="Whether something is so.")
class BooleanFilter(Comparisons):
    eq: bool | None = _compare("Whether it is; what is unknown is neither.")
    is_null: bool | None = _compare("Whether it is unknown.")


@strawberry.input(description="Text.")
class TextFilter(Comparisons):
    eq: str | None = _compare("Exactly this, upper and lower case told apart.")
    one_of: list[str] | None = _compare("One of these, at most 100; an empty list matches nothing.")
    contains: str | None = _compare("This anywhere in it, upper and lower case alike.")
    is_null: bool | None = _compare("Whether it is unknown.")


@strawberry.input(description="A place in a tree, by its path.")
class PathFilter(Comparisons):
    eq: str | None = _compare("Exactly this path, not what is below it.")
    one_of: list[str] | None = _compare("One of these paths, at most 100; an empty list matches nothing.")
    under: str | None = _compare("This path or any below it.")
    contains: str | None = _compare("This anywhere in the path, upper and lower case alike.")
    is_null: bool | None = _compare("Whether it is unknown.")


@strawberry.input(description="A half-open range.")
class Range(Comparisons, Generic[ValueT]):
    gte: ValueT | None = _compare("From this on.")
    lt: ValueT | None = _compare("Up to this, without it.")


@strawberry.input(description="A value that has an order.")
class RangeFilter(Comparisons, Generic[ValueT]):
    eq: ValueT | None = _compare("Exactly this.")
    one_of: list[ValueT] | None = _compare("One of these, at most 100; an empty list matches nothing.")
    range: Range[ValueT] | None = _compare("Within this range.")
    is_null: bool | None = _compare("Whether it is unknown.")


IdFilter = Filter[strawberry.ID]
KeyFilter = Filter[str]
DateTimeFilter = RangeFilter[datetime]
IntFilter = RangeFilter[int]
BigIntFilter = RangeFilter[BigInt]
FloatFilter = RangeFilter[float]
DecimalFilter = RangeFilter[Decimal]

"""Whatever is deprecated says until when it stays and what replaces it."""

from datetime import date
from enum import Enum
from typing import Annotated

import pytest
import strawberry
from django.utils import timezone

from cxplatform.graphql.columns import column
from cxplatform.graphql.deprecations import broken_deprecations, until
from cxplatform.graphql.schema import Schema, served_schema

TODAY = date(2027, 1, 1)
GOOD = until("2027-06-01", use="Pet.name")


def _schema(reason: str) -> Schema:
    """Make a schema in which a field, an argument, an input field and an enum value are deprecated."""

    @strawberry.enum
    class Kind(Enum):
        CAT = "CAT"
        KITTEN = strawberry.enum_value("KITTEN", deprecation_reason=reason)

    @strawberry.input
    class Given:
        name: str | None = None
        title: str | None = strawberry.field(default=None, deprecation_reason=reason)

    @strawberry.type
    class Pet:
        name: str = column("The name.")
        title: str | None = column("What it was called before.", deprecation_reason=reason)

    @strawberry.type
    class Query:
        @strawberry.field
        def pet(
            self,
            kind: Kind | None = None,
            given: Given | None = None,
            title: Annotated[str | None, strawberry.argument(deprecation_reason=reason)] = None,
        ) -> Pet | None:
            return None

    return Schema(Query, None, None, types=[])


PLACES = ["Given.title", "Kind.KITTEN", "Pet.title", "Query.pet(title:)"]


def test_a_deprecation_says_until_when_and_what_to_use_instead() -> None:
    assert GOOD == "Until 2027-06-01; use Pet.name."
    assert broken_deprecations(_schema(GOOD).core, TODAY) == []
    assert _schema(GOOD).as_str().count(f'@deprecated(reason: "{GOOD}")') == 4


@pytest.mark.parametrize(
    ("reason", "fault"),
    [
        ("No longer supported", "write it with until()"),
        ("Use Pet.name.", "write it with until()"),
        ("Until soon; use Pet.name.", "write it with until()"),
        (until("2027-06-01", use="Pet.colour"), "there is no Pet.colour"),
        (until("2027-06-01", use="Dog"), "there is no Dog"),
        (until("2027-01-01", use="Pet.name"), "its day was 2027-01-01: remove it or give it more time"),
    ],
)
def test_any_other_deprecation_is_found_wherever_it_is(reason: str, fault: str) -> None:
    found = broken_deprecations(_schema(reason).core, TODAY)

    assert sorted(found) == [f"{place}: {fault}" for place in PLACES]


def test_a_day_that_is_none_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="month"):
        until("2027-13-01", use="Pet.name")


def test_the_served_schema_keeps_to_it() -> None:
    assert broken_deprecations(served_schema().core, timezone.now().date()) == []

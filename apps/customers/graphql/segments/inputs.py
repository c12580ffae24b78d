"""What segments' rules may say, as inputs."""

from dataclasses import fields
from enum import Enum
from typing import Any, Optional

import strawberry
from strawberry import UNSET

from cxplatform.graphql.payloads import optional
from cxplatform.graphql.scalars import Json


@strawberry.enum(description="A scale on which customers answer.")
class ScoreKind(Enum):
    NPS = strawberry.enum_value("NPS", description="0 to 10.")
    CSAT = strawberry.enum_value("CSAT", description="1 to 5.")
    CES_5 = strawberry.enum_value("CES_5", description="1 to 5.")
    CES_7 = strawberry.enum_value("CES_7", description="1 to 7.")


@strawberry.input(description="A condition on one of a customer's attributes. Everything given must hold.")
class AttributeRuleInput:
    key: str = strawberry.field(description="The attribute's key, at the top of the object.")
    one_of: Json | None = optional("A list of texts, numbers and booleans of which it is one.")
    at_least: float | None = optional("It is a number, and no smaller.")
    below: float | None = optional("It is a number, and smaller.")
    exists: bool | None = optional("Whether there is one.")


@strawberry.input(description="A condition on when somebody became a customer, in whole days of 24 hours.")
class JoinedRuleInput:
    at_least_days_ago: int | None = optional("So long ago, or longer.")
    at_most_days_ago: int | None = optional("Less long ago.")


@strawberry.input(description="A condition on how often something happened; at least once, where nothing else is said.")
class CountRuleInput:
    at_least: int | None = optional("So often, or more often.")
    at_most: int | None = optional("So often, or less often.")
    within_days: int | None = optional("In the last so many days; ever, when left out.")


@strawberry.input(description="A condition on what was bought, less refunds, in the brand's currency.")
class AmountRuleInput:
    at_least: float | None = optional("So much, or more.")
    below: float | None = optional("Less.")
    within_days: int | None = optional("In the last so many days; ever, when left out.")


@strawberry.input(description="A condition on a customer's latest answer of a kind; without one it does not hold.")
class ScoreRuleInput:
    kind: ScoreKind = strawberry.field(description="Which scale.")
    at_least: float | None = optional("So high, or higher.")
    at_most: float | None = optional("So low, or lower.")
    within_days: int | None = optional("Answered in the last so many days; ever, when left out.")


@strawberry.input(description="A rule: everything given must hold. What is unknown holds nowhere, and its `not` does.")
class SegmentRuleInput:
    country: list[str] | None = optional("One of these countries, ISO 3166-1 alpha-2.")
    language: list[str] | None = optional("One of these languages, BCP 47 tags as they were recorded.")
    segment: list[str] | None = optional("One of these segments as the brand's own records name them.")
    attribute: AttributeRuleInput | None = optional("One of its attributes.")
    joined: JoinedRuleInput | None = optional("When it became a customer.")
    ordered: CountRuleInput | None = optional("How often it bought something.")
    contacted: CountRuleInput | None = optional("How often it made contact.")
    spent: AmountRuleInput | None = optional("How much it spent.")
    last_score: ScoreRuleInput | None = optional("How it answered last.")
    all: Optional[list["SegmentRuleInput"]] = optional("All of these rules hold.")  # noqa: UP045  # known at run time
    any: Optional[list["SegmentRuleInput"]] = optional("At least one of these rules holds.")  # noqa: UP045  # as above
    not_: Optional["SegmentRuleInput"] = strawberry.field(  # as above
        name="not", default=UNSET, description="This rule does not hold."
    )


@strawberry.input(description="A new segment.")
class CreateSegmentInput:
    key: str = strawberry.field(description="What others refer to it by: 1 to 100 characters, no other segment's.")
    rules: SegmentRuleInput = strawberry.field(description="Who is in it.")
    name: str | None = optional("Its name, for people; the key when left out.")


@strawberry.input(description="What becomes of a segment. What is left out stays as it is.")
class UpdateSegmentInput:
    id: strawberry.ID = strawberry.field(description="The segment's id.")
    name: str | None = optional("Its new name.")
    rules: SegmentRuleInput | None = optional("Who is in it from now on; all of it, for nothing is taken over.")


@strawberry.input(description="The segment to retire.")
class RetireSegmentInput:
    id: strawberry.ID = strawberry.field(description="The segment's id.")


def written(rule: Any) -> dict[str, Any]:
    """Return an input as the object that rules are stored as; what was left out is not in it."""
    given = {field.name.rstrip("_"): getattr(rule, field.name) for field in fields(rule)}
    return {name: _plain(value) for name, value in given.items() if value is not UNSET and value is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return written(value) if hasattr(type(value), "__strawberry_definition__") else value

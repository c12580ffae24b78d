from typing import Any

import strawberry

from apps.customers.graphql.consents.enums import ContactChannel
from apps.insights.graphql.outreach.enums import OutreachKind
from cxplatform.graphql.columns import column
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.payloads import given, optional

_ID = "The proactive rule."
_SEGMENT = "Whom it is for: one of the brand's segments by rules."
_KIND = "What customers are told for."
_TEXT = "What is to be said, for the brand's own sender: 1 to 500 characters, nothing about a single customer."
_CHANNEL = "How they are told, which they must allow."
_HOLD_OUT = "The share that is left alone to compare with, 0.05 to 0.5; 0.1 when left out."
_EFFECT_DAYS = "What customers do in so many days after counts, 1 to 90; 14 when left out."
_MOST_A_DAY = "How many are told a day at most, by the brand's days; 1,000 when left out."


@strawberry.input(description="A new proactive rule.")
class CreateProactiveRuleInput:
    key: str = column("What others refer to it by: 1 to 100 characters, no other rule's.")
    segment: strawberry.ID = column(_SEGMENT)
    kind: OutreachKind = column(_KIND)
    text: str = column(_TEXT)
    channel: ContactChannel = column(_CHANNEL)
    name: str | None = optional("Its name, for people; the key when left out.")
    hold_out: float | None = optional(_HOLD_OUT)
    effect_days: int | None = optional(_EFFECT_DAYS)
    most_a_day: int | None = optional(_MOST_A_DAY)


@strawberry.input(description="What becomes of a draft. What is left out, or null, stays as it is.")
class ChangeProactiveRuleInput:
    id: strawberry.ID = column(_ID)
    name: str | None = optional("Its name, for people.")
    segment: strawberry.ID | None = optional(_SEGMENT)
    kind: OutreachKind | None = optional(_KIND)
    text: str | None = optional(_TEXT)
    channel: ContactChannel | None = optional(_CHANNEL)
    hold_out: float | None = optional(_HOLD_OUT)
    effect_days: int | None = optional(_EFFECT_DAYS)
    most_a_day: int | None = optional(_MOST_A_DAY)


@strawberry.input(description="The proactive rule to approve.")
class ApproveProactiveRuleInput:
    id: strawberry.ID = column(_ID)


@strawberry.input(description="The proactive rule to pause.")
class PauseProactiveRuleInput:
    id: strawberry.ID = column(_ID)


@strawberry.input(description="The proactive rule to resume.")
class ResumeProactiveRuleInput:
    id: strawberry.ID = column(_ID)


@strawberry.input(description="The proactive rule to end.")
class EndProactiveRuleInput:
    id: strawberry.ID = column(_ID)


def terms_of(input: CreateProactiveRuleInput | ChangeProactiveRuleInput) -> dict[str, Any]:
    """Return what was said of a rule's terms, as the commands take it."""
    said = {name: value for name, value in given(input).items() if name not in ("id", "key") and value is not None}
    if "segment" in said:
        said["segment"] = key_of(str(said["segment"]), "Segment", field="segment")
    return said

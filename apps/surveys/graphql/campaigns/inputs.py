from datetime import date
from typing import Any

import strawberry

from apps.customers.graphql.segments.inputs import SegmentRuleInput, written
from apps.surveys.graphql.campaigns.enums import CampaignTrigger, SendingChannel
from cxplatform.graphql.columns import column
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.payloads import given, optional

_ID = "The campaign."
_TOUCHPOINT = "Where what it asks about happens, by the touchpoint's key; needed for events at one."
_STAGE = "The stage whose entering it asks about; needed for that."
_ON_DATE = "The day of a campaign by date, by the brand's clock; needed for that."
_CONDITIONS = "What customers must be like, as rules of segments; null: anybody."
_DELAY = "How long after what happened it asks; 0 to a year. 0 when left out."
_SAMPLE = "The share of what happens that is asked about, 0 to 1; 1 when left out."
_QUOTA_A_DAY = "How many are asked a day at most, by the brand's days; null: any number."
_QUOTA = "How many are asked in all at most; null: any number."
_QUIET_FROM = "From when on nobody is asked, HH:MM by the customer's clock; null: there are no quiet hours."
_QUIET_UNTIL = "Until when, HH:MM; it may be of the next day."
_COOLDOWN = "How many days a customer is left alone after any survey asked it; 30 when left out."
_REMINDERS = "How often whoever did not answer is reminded, 0 to 3; 0 when left out."
_REMIND_AFTER = "After how many days, each time; 3 when left out."
_OPEN = "How many days an invitation may be answered; 14 when left out."


@strawberry.input(description="A new campaign.")
class CreateCampaignInput:
    key: str = column("What others refer to it by: 1 to 100 characters, no other campaign's.")
    survey: strawberry.ID = column("What it asks.")
    trigger: CampaignTrigger = column("What it asks about.")
    channel: SendingChannel = column("How it asks.")
    name: str | None = optional("Its name, for people; the key when left out.")
    touchpoint: str | None = optional(_TOUCHPOINT)
    stage: strawberry.ID | None = optional(_STAGE)
    on_date: date | None = optional(_ON_DATE)
    conditions: SegmentRuleInput | None = optional(_CONDITIONS)
    delay_seconds: int | None = optional(_DELAY)
    sample: float | None = optional(_SAMPLE)
    quota_a_day: int | None = optional(_QUOTA_A_DAY)
    quota: int | None = optional(_QUOTA)
    quiet_from: str | None = optional(_QUIET_FROM)
    quiet_until: str | None = optional(_QUIET_UNTIL)
    cooldown_days: int | None = optional(_COOLDOWN)
    reminders: int | None = optional(_REMINDERS)
    remind_after_days: int | None = optional(_REMIND_AFTER)
    open_days: int | None = optional(_OPEN)


@strawberry.input(description="What becomes of a campaign. What is left out stays as it is.")
class ChangeCampaignInput:
    id: strawberry.ID = column(_ID)
    name: str | None = optional("Its name, for people.")
    trigger: CampaignTrigger | None = optional("What it asks about; fixed once it ran, as are the next three.")
    channel: SendingChannel | None = optional("How it asks; fixed once it ran.")
    touchpoint: str | None = optional(_TOUCHPOINT)
    stage: strawberry.ID | None = optional(_STAGE)
    on_date: date | None = optional(_ON_DATE)
    conditions: SegmentRuleInput | None = optional(_CONDITIONS)
    delay_seconds: int | None = optional(_DELAY)
    sample: float | None = optional(_SAMPLE)
    quota_a_day: int | None = optional(_QUOTA_A_DAY)
    quota: int | None = optional(_QUOTA)
    quiet_from: str | None = optional(_QUIET_FROM)
    quiet_until: str | None = optional(_QUIET_UNTIL)
    cooldown_days: int | None = optional(_COOLDOWN)
    reminders: int | None = optional(_REMINDERS)
    remind_after_days: int | None = optional(_REMIND_AFTER)
    open_days: int | None = optional(_OPEN)


@strawberry.input(description="The campaign to start.")
class StartCampaignInput:
    id: strawberry.ID = column(_ID)


@strawberry.input(description="The campaign to pause.")
class PauseCampaignInput:
    id: strawberry.ID = column(_ID)


@strawberry.input(description="The campaign to end.")
class EndCampaignInput:
    id: strawberry.ID = column(_ID)


@strawberry.input(description="A customer to be asked by hand.")
class InviteCustomerInput:
    campaign: strawberry.ID = column("A running campaign whose trigger is BY_HAND.")
    customer: strawberry.ID = column("Whom to ask.")
    occasion: str | None = optional(
        "A word for what it is about, such as the number of an order, of letters, digits and `.-_`: a customer is "
        "asked about the same once. A new one each time when left out."
    )
    interaction: strawberry.ID | None = optional("The contact of the customer that it is about.")


# What may be null; other fields keep what they are when null is given, as when they are left out.
_CLEARED = ("touchpoint", "stage", "on_date", "conditions", "quota_a_day", "quota", "quiet_from", "quiet_until")


def terms_of(input: CreateCampaignInput | ChangeCampaignInput) -> dict[str, Any]:
    """Return what was said of a campaign's terms, as the commands take it."""
    said = {name: value for name, value in given(input).items() if name not in ("id", "key", "survey")}
    said = {name: value for name, value in said.items() if value is not None or name in _CLEARED}
    if said.get("conditions") is not None:
        said["conditions"] = written(said["conditions"])
    if said.get("stage") is not None:
        said["stage"] = key_of(str(said["stage"]), "JourneyStage", field="stage")
    return said

import strawberry

from apps.surveys.follow_ups.rules import DUE_HOURS, RECENT_DAYS
from apps.surveys.graphql.follow_ups.enums import RecoveryOutcome
from cxplatform.graphql.columns import column
from cxplatform.graphql.payloads import optional

_ID = "The follow-up."


@strawberry.input(description="Which answers to a survey open a follow-up.")
class SetFollowUpRuleInput:
    survey: str = column("The question, by key.")
    score: int | None = column("The last score that opens one, on the scale of its kind; null: none does.")
    due_hours: int = strawberry.field(
        default=DUE_HOURS, description="How many open hours it is due within: 1 to 1,000."
    )
    recent_days: int = strawberry.field(
        default=RECENT_DAYS, description="How many days old an answer may be when it comes: 1 to 365."
    )
    calendar: str | None = optional(
        "The calendar that says when is open, by key; the brand's only one when left out, or the clock."
    )


@strawberry.input(description="Which follow-up to take.")
class TakeFollowUpInput:
    id: strawberry.ID = column(_ID)


@strawberry.input(description="Whose task a follow-up is.")
class AssignFollowUpInput:
    id: strawberry.ID = column(_ID)
    agent: str = column("The agent, by key.")


@strawberry.input(description="What there is to say of a follow-up.")
class NoteFollowUpInput:
    id: strawberry.ID = column(_ID)
    note: str = column("Personal data: the note, in place of the one there was, up to 5,000 characters.")


@strawberry.input(description="What came of a follow-up.")
class CloseFollowUpInput:
    id: strawberry.ID = column(_ID)
    outcome: RecoveryOutcome = column("What came of it.")
    note: str | None = optional("Personal data: the note, in place of the one there was, up to 5,000 characters.")


@strawberry.input(description="Why a follow-up is not needed.")
class DismissFollowUpInput:
    id: strawberry.ID = column(_ID)
    note: str = column("Personal data: why, in place of the note there was, up to 5,000 characters.")

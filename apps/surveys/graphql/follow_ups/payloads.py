import strawberry

from apps.surveys import models
from apps.surveys.graphql.follow_ups.types import FollowUp
from cxplatform.graphql.columns import column
from cxplatform.graphql.payloads import UserError, user_errors

_FOLLOW_UP, _WHY = "The follow-up as it is now.", "Why nothing was changed."


@strawberry.type(description="Which answers to a survey open a follow-up.")
class FollowUpRule:
    survey: str = column("The question, by key.")
    score: int | None = column("The last score that opens one; null: none does.")
    due_hours: int = column("How many open hours it is due within.")
    recent_days: int = column("How many days old an answer may be when it comes.")
    calendar: str | None = column(
        "The calendar that says when is open, by key; null: the brand's only one, or where it has none or several the"
        " clock."
    )

    @classmethod
    def of(cls, row: models.FollowUpRule) -> "FollowUpRule":
        return cls(
            survey=row.survey.key,
            score=row.score,
            due_hours=row.due_hours,
            recent_days=row.recent_days,
            calendar=row.calendar.key if row.calendar else None,
        )


@strawberry.type(description="What became of setFollowUpRule.")
class SetFollowUpRulePayload:
    rule: FollowUpRule | None = column("The rule as it is now.", default=None)
    user_errors: list[UserError] = column(_WHY, default_factory=user_errors)


@strawberry.type(description="What became of takeFollowUp.")
class TakeFollowUpPayload:
    follow_up: FollowUp | None = column(_FOLLOW_UP, default=None)
    user_errors: list[UserError] = column(_WHY, default_factory=user_errors)


@strawberry.type(description="What became of assignFollowUp.")
class AssignFollowUpPayload:
    follow_up: FollowUp | None = column(_FOLLOW_UP, default=None)
    user_errors: list[UserError] = column(_WHY, default_factory=user_errors)


@strawberry.type(description="What became of noteFollowUp.")
class NoteFollowUpPayload:
    follow_up: FollowUp | None = column(_FOLLOW_UP, default=None)
    user_errors: list[UserError] = column(_WHY, default_factory=user_errors)


@strawberry.type(description="What became of closeFollowUp.")
class CloseFollowUpPayload:
    follow_up: FollowUp | None = column(_FOLLOW_UP, default=None)
    user_errors: list[UserError] = column(_WHY, default_factory=user_errors)


@strawberry.type(description="What became of dismissFollowUp.")
class DismissFollowUpPayload:
    follow_up: FollowUp | None = column(_FOLLOW_UP, default=None)
    user_errors: list[UserError] = column(_WHY, default_factory=user_errors)

import strawberry

from apps.interactions.graphql.reasons.types import Reason
from cxplatform.graphql.columns import column
from cxplatform.graphql.payloads import UserError, user_errors


@strawberry.type(description="What became of createReason.")
class CreateReasonPayload:
    reason: Reason | None = column("The reason.", default=None)
    user_errors: list[UserError] = column("Why nothing was made.", default_factory=user_errors)


@strawberry.type(description="What became of renameReason.")
class RenameReasonPayload:
    reason: Reason | None = column("The reason under its new name.", default=None)
    user_errors: list[UserError] = column("Why it was not renamed.", default_factory=user_errors)


@strawberry.type(description="What became of moveReason.")
class MoveReasonPayload:
    reason: Reason | None = column("The reason in its new place.", default=None)
    user_errors: list[UserError] = column("Why it was not moved.", default_factory=user_errors)


@strawberry.type(description="What became of mergeReasons.")
class MergeReasonsPayload:
    reason: Reason | None = column("The reason that stays.", default=None)
    moved: int | None = column("How many interactions and other rows count under it from now on.", default=None)
    moving: bool | None = column("Whether a job goes on moving more of them.", default=None)
    user_errors: list[UserError] = column("Why nothing was merged.", default_factory=user_errors)


@strawberry.type(description="What became of retireReason.")
class RetireReasonPayload:
    reason: Reason | None = column("The reason, retired.", default=None)
    user_errors: list[UserError] = column("Why it was not retired.", default_factory=user_errors)


@strawberry.type(description="What became of linkReasonToTouchpoint.")
class LinkReasonToTouchpointPayload:
    reason: Reason | None = column("The reason.", default=None)
    user_errors: list[UserError] = column("Why nothing was linked.", default_factory=user_errors)


@strawberry.type(description="What became of unlinkReasonFromTouchpoint.")
class UnlinkReasonFromTouchpointPayload:
    reason: Reason | None = column("The reason.", default=None)
    user_errors: list[UserError] = column("Why nothing was unlinked.", default_factory=user_errors)


@strawberry.type(description="What became of loadReasonTree.")
class LoadReasonTreePayload:
    made: int | None = column("How many reasons were made.", default=None)
    known: int | None = column("How many were there already.", default=None)
    user_errors: list[UserError] = column("Why nothing was loaded.", default_factory=user_errors)

import strawberry

from apps.journeys.graphql.frictions.types import Friction
from cxplatform.graphql.columns import column
from cxplatform.graphql.payloads import UserError, user_errors

_FRICTION, _WHY = "The friction as it is now.", "Why nothing was changed."


@strawberry.type(description="What became of reportFriction.")
class ReportFrictionPayload:
    friction: Friction | None = column(_FRICTION, default=None)
    user_errors: list[UserError] = column(_WHY, default_factory=user_errors)


@strawberry.type(description="What became of confirmFriction.")
class ConfirmFrictionPayload:
    friction: Friction | None = column(_FRICTION, default=None)
    user_errors: list[UserError] = column(_WHY, default_factory=user_errors)


@strawberry.type(description="What became of dismissFriction.")
class DismissFrictionPayload:
    friction: Friction | None = column(_FRICTION, default=None)
    user_errors: list[UserError] = column(_WHY, default_factory=user_errors)


@strawberry.type(description="What became of startFriction.")
class StartFrictionPayload:
    friction: Friction | None = column(_FRICTION, default=None)
    user_errors: list[UserError] = column(_WHY, default_factory=user_errors)


@strawberry.type(description="What became of resolveFriction.")
class ResolveFrictionPayload:
    friction: Friction | None = column(_FRICTION, default=None)
    user_errors: list[UserError] = column(_WHY, default_factory=user_errors)

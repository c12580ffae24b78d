import strawberry

from apps.journeys.graphql.mapping.types import BrandPromise, Department, Journey, JourneyVersion
from cxplatform.graphql.columns import column
from cxplatform.graphql.payloads import UserError, user_errors


@strawberry.type(description="What became of createDepartment.")
class CreateDepartmentPayload:
    department: Department | None = column("The department.", default=None)
    user_errors: list[UserError] = column("Why nothing was made.", default_factory=user_errors)


@strawberry.type(description="What became of renameDepartment.")
class RenameDepartmentPayload:
    department: Department | None = column("The department under its new name.", default=None)
    user_errors: list[UserError] = column("Why it was not renamed.", default_factory=user_errors)


@strawberry.type(description="What became of createPromise.")
class CreatePromisePayload:
    promise: BrandPromise | None = column("The promise.", default=None)
    user_errors: list[UserError] = column("Why nothing was made.", default_factory=user_errors)


@strawberry.type(description="What became of retirePromise.")
class RetirePromisePayload:
    promise: BrandPromise | None = column("The promise, retired.", default=None)
    user_errors: list[UserError] = column("Why it was not retired.", default_factory=user_errors)


@strawberry.type(description="What became of createJourney.")
class CreateJourneyPayload:
    journey: Journey | None = column("The journey.", default=None)
    user_errors: list[UserError] = column("Why nothing was made.", default_factory=user_errors)


@strawberry.type(description="What became of draftJourneyVersion.")
class DraftJourneyVersionPayload:
    version: JourneyVersion | None = column("The draft.", default=None)
    user_errors: list[UserError] = column("Why nothing was drafted.", default_factory=user_errors)


@strawberry.type(description="What became of editJourneyDraft.")
class EditJourneyDraftPayload:
    version: JourneyVersion | None = column("The draft.", default=None)
    user_errors: list[UserError] = column("Why nothing was changed.", default_factory=user_errors)


@strawberry.type(description="What became of publishJourneyVersion.")
class PublishJourneyVersionPayload:
    version: JourneyVersion | None = column("The version, published.", default=None)
    user_errors: list[UserError] = column("Why it was not published.", default_factory=user_errors)


@strawberry.type(description="What became of retireJourneyVersion.")
class RetireJourneyVersionPayload:
    version: JourneyVersion | None = column("The version, retired.", default=None)
    user_errors: list[UserError] = column("Why it was not retired.", default_factory=user_errors)

import strawberry

from cxplatform.graphql.columns import column
from cxplatform.graphql.scalars import Json

_ID = "The reason's id."


@strawberry.input(description="A new reason.")
class CreateReasonInput:
    name: str = column("Its own name: 1 to 100 characters without `/`.")
    parent: strawberry.ID | None = column("The id of the reason it is a part of; null at the root.", default=None)


@strawberry.input(description="Another name for a reason.")
class RenameReasonInput:
    id: strawberry.ID = column(_ID)
    name: str = column("Its new name: 1 to 100 characters without `/`.")


@strawberry.input(description="Another place for a reason, with all that lies below it.")
class MoveReasonInput:
    id: strawberry.ID = column(_ID)
    parent: strawberry.ID | None = column("The id of the reason to put it below; null: at the root.", default=None)


@strawberry.input(description="Reasons to merge into one.")
class MergeReasonsInput:
    reasons: list[strawberry.ID] = column("The ids of those that go, 1 to 50.")
    into: strawberry.ID = column("The id of the one that stays.")


@strawberry.input(description="The reason to retire.")
class RetireReasonInput:
    id: strawberry.ID = column(_ID)


@strawberry.input(description="A reason and a touchpoint at which it arises.")
class LinkReasonToTouchpointInput:
    reason: strawberry.ID = column(_ID)
    touchpoint: strawberry.ID = column("The touchpoint's id.")


@strawberry.input(description="A reason and a touchpoint at which it does not arise after all.")
class UnlinkReasonFromTouchpointInput:
    reason: strawberry.ID = column(_ID)
    touchpoint: strawberry.ID = column("The touchpoint's id.")


@strawberry.input(description="A starting tree of reasons.")
class LoadReasonTreeInput:
    tree: Json = column(
        'What to make: `{"intents": {"flows": ["billing"], "subflows": {"billing": ["late_fee"]}}}`, of 1,000 reasons'
        " at most."
    )

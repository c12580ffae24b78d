"""What people decide about cases, as inputs."""

import strawberry

from cxplatform.graphql.columns import column


@strawberry.input(description="The cases to merge, and into which.")
class MergeCasesInput:
    cases: list[strawberry.ID] = column("The ids of 1 to 50 cases of one customer on one reason.")
    into: strawberry.ID = column("The id of the case that stays.")


@strawberry.input(description="The case to split, and what is split off.")
class SplitCaseInput:
    case: strawberry.ID = column("The case's id.")
    interactions: list[strawberry.ID] = column("The ids of 1 to 100 of its contacts, which are a new case from now on.")


@strawberry.input(description="The contact to move, and where to.")
class MoveInteractionInput:
    interaction: strawberry.ID = column("The interaction's id.")
    case: strawberry.ID | None = column(
        "The id of a case of its customer on its reason; a new one, when left out.", default=None
    )


@strawberry.input(description="The case of which what was decided by hand holds no more.")
class ReleaseCaseInput:
    case: strawberry.ID = column("The case's id.")

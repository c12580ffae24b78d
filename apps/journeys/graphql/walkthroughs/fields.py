from datetime import datetime
from typing import Annotated

import strawberry

from apps.accounts.graphql.types import viewer_of
from apps.accounts.permissions import Permission
from apps.journeys import commands
from apps.journeys.graphql.walkthroughs.filters import WalkthroughWhere
from apps.journeys.graphql.walkthroughs.orders import WALKTHROUGH_ORDERS
from apps.journeys.graphql.walkthroughs.types import Walkthrough
from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import Connection, root_connection
from cxplatform.graphql.context import Info
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.payloads import INPUT, UserError, user_errors
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import mutation_field


@strawberry.input(description="What a touchpoint was given.")
class WalkthroughScoreInput:
    touchpoint: str = column("Which, by key; one the version has, each once.")
    score: int = column("0, the worst, to 10.")
    note: str = column("What there is to say of it, at most 4,000 characters.", default="")


@strawberry.input(description="A mystery shopper's walk.")
class RecordWalkthroughInput:
    version: strawberry.ID = column("The id of the version that was walked along; no draft.")
    walked_at: datetime = column("When it was walked.")
    shopper: str = column("Who walked: 1 to 200 characters.")
    scores: list[WalkthroughScoreInput] = column("What was given, to one touchpoint at least.")
    note: str = column("What there is to say of all of it, at most 4,000 characters.", default="")


@strawberry.type(description="What became of recordWalkthrough.")
class RecordWalkthroughPayload:
    walkthrough: Walkthrough | None = column("The walk.", default=None)
    user_errors: list[UserError] = column("Why nothing was recorded.", default_factory=user_errors)


@strawberry.type
class WalkthroughQueries:
    walkthroughs: Connection[Walkthrough] | None = root_connection(
        Walkthrough, WALKTHROUGH_ORDERS, WalkthroughWhere, description="Walks of mystery shoppers, the newest first."
    )


@strawberry.type
class WalkthroughMutations:
    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=RecordWalkthroughPayload,
        description="Record what a mystery shopper gave the touchpoints of a version.",
    )
    def record_walkthrough(
        self, info: Info, input: Annotated[RecordWalkthroughInput, INPUT]
    ) -> RecordWalkthroughPayload | None:
        walk = commands.record_walkthrough(
            actor=viewer_of(info),
            version_id=key_of(input.version, "JourneyVersion", field="version"),
            walked_at=input.walked_at,
            shopper=input.shopper,
            note=input.note,
            scores=[commands.WrittenScore(each.touchpoint, each.score, each.note) for each in input.scores],
            now=info.context.now,
        )
        return RecordWalkthroughPayload(walkthrough=walk)  # type: ignore[arg-type]  # a row, shown as the type

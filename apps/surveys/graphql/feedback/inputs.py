from datetime import datetime

import strawberry

from apps.surveys.graphql.feedback.enums import FeedbackSource
from cxplatform.graphql.columns import column
from cxplatform.graphql.payloads import optional
from cxplatform.graphql.scalars import BigInt


@strawberry.input(
    description="Something a customer said, known by source and external id; without the latter, by its content. What "
    "is left out stays as it is; null clears it."
)
class RecordFeedbackInput:
    kind: FeedbackSource = column("Where it was said; comments of answers come with their answers.")
    text: str = column("What was said.")
    occurred_at: datetime = column("When.")
    external_id: str | None = optional("The id in the source system.")
    source: str | None = optional("The system it comes from; `import` when left out.")
    version: BigInt | None = optional("A lower version than the stored one changes nothing.")
    customer: str | None = optional("Who said it: an external id of the same source; made if unknown.")
    language: str | None = optional("Its language, as a BCP 47 tag; found when left out.")


@strawberry.input(description="A theme, and what to call it.")
class RenameThemeInput:
    id: strawberry.ID = column("The theme.")
    name: str = column("Its name, up to 200 characters.")


@strawberry.input(description="Themes that are one.")
class MergeThemesInput:
    themes: list[strawberry.ID] = column("Those that are taken in, up to 100.")
    into: strawberry.ID = column("The one that takes them in.")


@strawberry.input(description="Whether a theme is kept.")
class PinThemeInput:
    id: strawberry.ID = column("The theme.")
    pinned: bool = column("Whether it is.")


@strawberry.input(description="What a theme is called in the tree of reasons.")
class LinkThemeInput:
    id: strawberry.ID = column("The theme.")
    reason: strawberry.ID | None = optional("The contact reason; left out or null for none.")


@strawberry.input(description="Pieces of feedback and the theme they speak of.")
class MoveFeedbackInput:
    feedback: list[strawberry.ID] = column("Which, up to 100.")
    theme: strawberry.ID | None = optional("What they speak of; left out or null for nothing known.")

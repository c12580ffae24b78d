from datetime import datetime

import strawberry

from apps.journeys.graphql.mapping.enums import PromiseCriterion, StageKind, TouchpointChannel
from apps.journeys.written import WrittenPlacement, WrittenStage
from cxplatform.graphql.columns import column
from cxplatform.graphql.scalars import BigInt

_VERSION = "The version's id."


@strawberry.input(description="A new department.")
class CreateDepartmentInput:
    key: str = column("What others refer to it by: 1 to 100 characters, no other department's.")
    name: str = column("Its name, for people: 1 to 200 characters.")


@strawberry.input(description="Another name for a department.")
class RenameDepartmentInput:
    id: strawberry.ID = column("The department's id.")
    name: str = column("Its new name: 1 to 200 characters.")


@strawberry.input(description="A new promise. It is never changed: another wording is another promise.")
class CreatePromiseInput:
    key: str = column("What others refer to it by: 1 to 100 characters, no other promise's.")
    text: str = column("What is promised: 1 to 500 characters.")
    maker: str = column("The department that promises, by key.")
    criterion: PromiseCriterion = column("How it is known whether it was kept.", default=PromiseCriterion.BY_HAND)
    within_ms: BigInt | None = column("For WITHIN: how long it may take in milliseconds.", default=None)


@strawberry.input(description="The promise to retire.")
class RetirePromiseInput:
    id: strawberry.ID = column("The promise's id.")


@strawberry.input(description="A new journey.")
class CreateJourneyInput:
    key: str = column("What others refer to it by: 1 to 100 characters, no other journey's.")
    name: str = column("Its name, for people: 1 to 200 characters.")


@strawberry.input(description="The journey to draft a version of.")
class DraftJourneyVersionInput:
    journey: strawberry.ID = column("The journey's id.")


@strawberry.input(description="A service level: a share of what happens takes no longer than so many milliseconds.")
class ServiceLevelInput:
    milliseconds: BigInt = column("How long it may take.")
    share: float = column("The fraction that must take no longer: above 0, at most 1.", default=1.0)


@strawberry.input(description="A touchpoint of a stage.")
class PlacementInput:
    touchpoint: str = column("Which, by key; one that nobody heard of is made. Each once a version.")
    owner: str = column("The department that owns it, by key.")
    channel: TouchpointChannel = column("Where it meets the customer.")
    name: str = column("What it is called in this version; as before when left out.", default="")
    is_moment_of_truth: bool = column("Whether much hangs on it.", default=False)
    weight: int = column("Its part of the journey in percent: 0 to 100.", default=0)
    promise: str | None = column("What is promised there, by key.", default=None)
    service_level: ServiceLevelInput | None = column("What it is held to.", default=None)


@strawberry.input(description="A stage of a version.")
class JourneyStageInput:
    kind: StageKind = column("What of the template it is.")
    key: str = column(
        "What numbers by STAGE are told under: at most 50 characters, no other stage's; the kind's when left out.",
        default="",
    )
    name: str = column("The brand's name for it, at most 100 characters; the kind's when left out.", default="")
    touchpoints: list[PlacementInput] = column("Its touchpoints, in their order.", default_factory=list)


@strawberry.input(description="What a draft says; all of it, for it takes the place of all the draft had.")
class EditJourneyDraftInput:
    id: strawberry.ID = column("The draft's id.")
    stages: list[JourneyStageInput] = column("Its stages, in their order: 1 to 20, of 200 touchpoints at most.")


@strawberry.input(description="The draft to publish.")
class PublishJourneyVersionInput:
    id: strawberry.ID = column(_VERSION)
    effective_from: datetime | None = column(
        "It is in force from then on; from now on, when left out. A journey's first version may be from the past.",
        default=None,
    )


@strawberry.input(description="The version to take out of force.")
class RetireJourneyVersionInput:
    id: strawberry.ID = column(_VERSION)


def written(given: EditJourneyDraftInput) -> list[WrittenStage]:
    """Return what a draft says as values."""
    return [
        WrittenStage(stage.kind.name, stage.key, stage.name, [_placement(each) for each in stage.touchpoints])
        for stage in given.stages
    ]


def _placement(given: PlacementInput) -> WrittenPlacement:
    level = given.service_level
    return WrittenPlacement(
        touchpoint=given.touchpoint,
        owner=given.owner,
        channel=given.channel.name,
        name=given.name,
        is_moment_of_truth=given.is_moment_of_truth,
        weight=given.weight,
        promise=given.promise,
        slo_ms=level.milliseconds if level else None,
        slo_share=level.share if level else None,
    )

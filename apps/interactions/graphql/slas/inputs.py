from datetime import datetime

import strawberry

from apps.interactions.graphql.enums import Channel, Priority
from apps.interactions.graphql.slas.enums import SlaMeasure
from apps.interactions.sla.written import Written, WrittenTarget
from cxplatform.errors import BadInput
from cxplatform.graphql.columns import column


@strawberry.input(description="How many seconds a target allows for contacts of a priority.")
class SlaSecondsInput:
    priority: Priority = column("The priority that holds when the target starts.")
    seconds: int = column("How long it may take: 1 second to 366 days.")


@strawberry.input(description="What a policy promises.")
class SlaTargetInput:
    measure: SlaMeasure = column("What it is about; each once.")
    seconds: list[SlaSecondsInput] = column("How long it may take; contacts of other priorities are promised nothing.")
    business: bool = column("Whether the open time of the policy's calendar counts, or all time.", default=False)


@strawberry.input
class _VersionInput:
    """What a version says; all of it, so that nothing is lost by being left out."""

    rank: int = column("Of policies that fit a contact, the one of the lowest rank is its own: 0 to 1,000.")
    targets: list[SlaTargetInput] = column("What it promises.")
    channels: list[Channel] = column("For contacts by these channels; all, when empty.", default_factory=list)
    priorities: list[Priority] = column(
        "For contacts of these priorities when they are opened; all, when empty.", default_factory=list
    )
    queues: list[str] = column(
        "For contacts that wait in these queues first, by key; all, when empty.", default_factory=list
    )
    segments: list[str] = column("For customers of these segments; all, when empty.", default_factory=list)
    calendar_id: strawberry.ID | None = column("The calendar whose open time business targets count.", default=None)
    effective_from: datetime | None = column(
        "It is for contacts opened from then on, past or future; from now on, when left out.", default=None
    )


@strawberry.input(description="A new service-level policy.")
class CreateSlaPolicyInput(_VersionInput):
    key: str = column("What others refer to it by: 1 to 100 characters, no other policy's.")
    name: str = column("Its name, for people.", default="")


@strawberry.input(description="What a policy says from an instant on; all of it, for nothing is taken over.")
class ReviseSlaPolicyInput(_VersionInput):
    id: strawberry.ID = column("The policy's id.")


@strawberry.input(description="The policy to retire.")
class RetireSlaPolicyInput:
    id: strawberry.ID = column("The policy's id.")


def written(given: _VersionInput) -> Written:
    """Return what a version says as a value. Raises: BadInput, for a priority that is given twice."""
    return Written(
        rank=given.rank,
        targets=[_target(target, place) for place, target in enumerate(given.targets)],
        channels=[channel.name for channel in given.channels],
        priorities=[priority.name for priority in given.priorities],
        queues=given.queues,
        segments=given.segments,
    )


def _target(given: SlaTargetInput, place: int) -> WrittenTarget:
    seconds = {each.priority.name: each.seconds for each in given.seconds}
    if len(seconds) < len(given.seconds):
        raise BadInput("A priority is given twice.", field=f"targets.{place}.seconds")
    return WrittenTarget(given.measure.name, given.business, seconds)

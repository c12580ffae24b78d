from typing import Any

import strawberry
import strawberry_django
from django.db.models import QuerySet
from strawberry import auto

from apps.accounts.permissions import Permission
from apps.interactions import models
from apps.interactions.graphql.calendars.types import Calendar
from apps.interactions.graphql.enums import Channel, Priority
from apps.interactions.graphql.slas.enums import SlaMeasure, SlaState
from apps.interactions.graphql.slas.filters import SlaInstanceWhere, SlaPolicyVersionWhere
from apps.interactions.graphql.slas.orders import SLA_INSTANCE_ORDERS, SLA_POLICY_VERSION_ORDERS
from apps.interactions.graphql.types import Interaction
from cxplatform.graphql.columns import column, relation
from cxplatform.graphql.connections import Children, Connection, child_connection
from cxplatform.graphql.context import AnyInfo, Info
from cxplatform.graphql.nodes import Node, Stored
from cxplatform.graphql.registry import extend


@strawberry.type(description="How many seconds a target allows for contacts of a priority.")
class SlaSeconds:
    priority: Priority = column("The priority that holds when the target starts.")
    seconds: int = column("How long it may take.")


@strawberry.type(description="What a policy promises.")
class SlaTarget:
    measure: SlaMeasure = column("What it is about.")
    business: bool = column("Whether the open time of the policy's calendar counts, or all time.")
    seconds: list[SlaSeconds] = column("How long it may take; contacts of other priorities are promised nothing.")


@strawberry_django.type(models.SlaPolicy, description="What is promised to contacts of a kind.")
class SlaPolicy(Stored, Node):
    requires = Permission.READ_CONFIGURATION

    key: auto = column("What others refer to it by.")
    name: auto = column("Its name, for people.")
    created_at: auto = column("When it was made.")
    retired_at: auto = column("When it was retired; null while it is in use.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return queryset


def _targets(root: strawberry.Parent[models.SlaPolicyVersion]) -> list[SlaTarget]:
    return [
        SlaTarget(
            measure=SlaMeasure(target["measure"]),
            business=target["business"],
            seconds=[SlaSeconds(priority=Priority(name), seconds=most) for name, most in target["seconds"].items()],
        )
        for target in root.targets
    ]


@strawberry_django.type(
    models.SlaPolicyVersion, description="What a policy says to contacts opened from an instant on; never changed."
)
class SlaPolicyVersion(Stored, Node):
    requires = Permission.READ_CONFIGURATION
    kept = ("targets",)

    number: auto = column("Its place among the policy's versions, in the order they were made.")
    effective_from: auto = column("It is for contacts opened from then on, until the next one's.")
    rank: auto = column("Of policies that fit a contact, the one of the lowest rank is its own; then the first by key.")
    channels: list[Channel] = column("For contacts by these channels; all, when empty.")
    priorities: list[Priority] = column("For contacts of these priorities when they are opened; all, when empty.")
    queues: list[str] = column("For contacts that wait in these queues first, by key; all, when empty.")
    segments: list[str] = column("For customers of these segments; all, when empty.")
    targets: list[SlaTarget] = strawberry.field(resolver=_targets, description="What it promises.")
    created_at: auto = column("When it was made.")
    policy: SlaPolicy | None = relation("Whose version it is.")
    calendar: Calendar | None = relation("Whose open time business targets count.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return queryset


extend(
    SlaPolicy,
    "versions",
    Connection[SlaPolicyVersion] | None,
    child_connection(
        Children(SlaPolicyVersion, SLA_POLICY_VERSION_ORDERS, SlaPolicyVersionWhere, ("policy_id",)),
        description="What it says and said; the newest first.",
    ),
)


def _state(root: strawberry.Parent[models.SlaInstance], info: Info) -> SlaState:
    if root.due_at is not None and (root.ended_at or info.context.now) > root.due_at:
        return SlaState.BREACHED
    if root.ended_at is not None:
        return SlaState.ACHIEVED
    return SlaState.RUNNING if root.paused_at is None else SlaState.PAUSED


@strawberry_django.type(
    models.SlaInstance,
    description="A target of one contact, reckoned from its events: no timer decides what was kept.",
)
class SlaInstance(Stored, Node):
    requires = Permission.DRILL_DOWN
    kept = ("due_at", "ended_at", "paused_at")

    measure: SlaMeasure = column("What it is about.")
    number: auto = column("Its place among those of its measure.")
    state: SlaState = strawberry.field(resolver=_state, description="How it stands now.")
    priority: Priority = column("How urgent the contact was when it started.")
    target_seconds: auto = column("How long it may take.")
    business: auto = column("Whether business time counts, or all time.")
    started_at: auto = column("When it started.")
    due_at: auto = column("The last instant at which it is kept; null while it is paused, or when it ended paused.")
    paused_at: auto = column("Since when it waits for the customer; null when it does not.")
    ended_at: auto = column("When it ended; null while it has not.")
    interaction: Interaction | None = relation("Whose target it is.")
    version: SlaPolicyVersion | None = relation("What it was promised by.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        if info.context.rights.only_own_work:
            return queryset.filter(interaction__in=Interaction.visible(info))
        return queryset


extend(
    Interaction,
    "slas",
    Connection[SlaInstance] | None,
    child_connection(
        Children(SlaInstance, SLA_INSTANCE_ORDERS, SlaInstanceWhere, ("interaction_id",)),
        description="What was promised of this contact, and whether it is kept; the latest first.",
    ),
)

from enum import Enum
from typing import Annotated, Any

import strawberry
import strawberry_django
from django.db.models import QuerySet
from strawberry import auto

from apps.accounts.graphql.types import viewer_of
from apps.accounts.permissions import Permission
from apps.customers.commands import retention
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import AnyInfo, Info
from cxplatform.graphql.nodes import Node, Stored
from cxplatform.graphql.payloads import INPUT, UserError, given, optional, user_errors
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import mutation_field, query_field
from cxplatform.graphql.scalars import BigInt
from cxplatform.privacy import models

_TEXT = "Days for which texts, and references to recordings, are kept of customers who are inactive."
_ATTRIBUTES = "Days for which attributes are kept of them."
_IDENTITY = "Days for which names, addresses and keys of other systems are kept of them."
_LINES = "Days for which rejected lines of imports are kept, and what errors quote."


@strawberry.type(description="For how long the brand keeps what it knows; null: until somebody erases it.")
class RetentionRules:
    text_days: int | None = column(_TEXT)
    attribute_days: int | None = column(_ATTRIBUTES)
    identity_days: int | None = column(_IDENTITY)
    line_days: int | None = column(_LINES)

    @classmethod
    def of(cls, row: models.RetentionRules) -> "RetentionRules":
        return cls(**{rule: getattr(row, rule) for rule in models.RULES})


@strawberry.enum(description="How far a going over all customers has come.")
class RetentionSweepState(Enum):
    QUEUED = strawberry.enum_value("QUEUED", description="It waits for a worker.")
    RUNNING = strawberry.enum_value("RUNNING", description="Some customers were gone over.")
    DONE = strawberry.enum_value("DONE", description="All were.")
    FAILED = strawberry.enum_value("FAILED", description="It stopped; the next one begins anew.")


@strawberry_django.type(models.RetentionSweep, description="One going over all customers by rules of retention.")
class RetentionSweep(Stored, Node):
    requires = Permission.READ_MANAGEMENT
    kept = ("state",)

    dry_run: auto = column("Whether it only counts.")
    state: RetentionSweepState = column("How far it has come.")
    rows: BigInt = column("How many rows were emptied or removed so far, or would be.")
    text_days: auto = column(_TEXT)
    attribute_days: auto = column(_ATTRIBUTES)
    identity_days: auto = column(_IDENTITY)
    line_days: auto = column(_LINES)
    requested_at: auto = column("When it was begun.")
    finished_at: auto = column("When it was done or failed.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return queryset


@strawberry.type
class RetentionQueries:
    @query_field(
        plane=Plane.BRAND,
        requires=Permission.READ_CONFIGURATION,
        description="For how long the brand keeps what it knows of inactive customers.",
    )
    def retention_rules(self, info: Info) -> RetentionRules | None:
        return RetentionRules.of(retention.retention_rules())


@strawberry.input(description="What to change of the rules, 1 to 36,600 days each. What is left out stays; null: kept.")
class SetRetentionRulesInput:
    text_days: int | None = optional(_TEXT)
    attribute_days: int | None = optional(_ATTRIBUTES)
    identity_days: int | None = optional(_IDENTITY)
    line_days: int | None = optional(_LINES)


@strawberry.input(description="The rules to try: the brand's, where something is left out.")
class PreviewRetentionInput(SetRetentionRulesInput):
    pass


@strawberry.type(description="What became of setRetentionRules.")
class SetRetentionRulesPayload:
    retention_rules: RetentionRules | None = column("The rules now; null when there are errors.", default=None)
    user_errors: list[UserError] = column("Why nothing was changed.", default_factory=user_errors)


@strawberry.type(description="What became of previewRetention.")
class PreviewRetentionPayload:
    sweep: RetentionSweep | None = column("The count; ask for it by its id until it is DONE.", default=None)
    user_errors: list[UserError] = column("Why nothing is counted.", default_factory=user_errors)


@strawberry.type
class RetentionMutations:
    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.MANAGE,
        payload=SetRetentionRulesPayload,
        description="Say for how long the brand keeps what it knows of inactive customers; applied once a day.",
    )
    def set_retention_rules(
        self, info: Info, input: Annotated[SetRetentionRulesInput, INPUT]
    ) -> SetRetentionRulesPayload | None:
        stored = retention.set_retention_rules(actor=viewer_of(info), values=given(input), now=info.context.now)
        return SetRetentionRulesPayload(retention_rules=RetentionRules.of(stored))

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.MANAGE,
        payload=PreviewRetentionPayload,
        description="Count in the background what rules would erase today, and erase nothing.",
    )
    def preview_retention(
        self, info: Info, input: Annotated[PreviewRetentionInput, INPUT]
    ) -> PreviewRetentionPayload | None:
        begun = retention.preview_retention(actor=viewer_of(info), values=given(input), now=info.context.now)
        shown = RetentionSweep.find(begun.pk, info._raw_info)
        return PreviewRetentionPayload(sweep=shown)  # type: ignore[arg-type]  # a row, shown as the type

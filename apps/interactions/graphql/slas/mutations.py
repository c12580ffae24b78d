from typing import Annotated

import strawberry

from apps.accounts.graphql.types import viewer_of
from apps.accounts.permissions import Permission
from apps.interactions.commands import slas as commands
from apps.interactions.graphql.slas.inputs import (
    CreateSlaPolicyInput,
    RetireSlaPolicyInput,
    ReviseSlaPolicyInput,
    written,
)
from apps.interactions.graphql.slas.types import SlaPolicy, SlaPolicyVersion
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.payloads import INPUT, UserError, user_errors
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import mutation_field


@strawberry.type(description="What became of createSlaPolicy.")
class CreateSlaPolicyPayload:
    policy: SlaPolicy | None = column("The policy.", default=None)
    user_errors: list[UserError] = column("Why nothing was made.", default_factory=user_errors)


@strawberry.type(description="What became of reviseSlaPolicy.")
class ReviseSlaPolicyPayload:
    policy: SlaPolicy | None = column("The policy.", default=None)
    version: SlaPolicyVersion | None = column("Its new version.", default=None)
    user_errors: list[UserError] = column("Why nothing was added.", default_factory=user_errors)


@strawberry.type(description="What became of retireSlaPolicy.")
class RetireSlaPolicyPayload:
    policy: SlaPolicy | None = column("The policy, retired.", default=None)
    user_errors: list[UserError] = column("Why it was not retired.", default_factory=user_errors)


@strawberry.type
class SlaMutations:
    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=CreateSlaPolicyPayload,
        description="Promise something to contacts of a kind; those opened before an instant in the past as well.",
    )
    def create_sla_policy(
        self, info: Info, input: Annotated[CreateSlaPolicyInput, INPUT]
    ) -> CreateSlaPolicyPayload | None:
        made = commands.create_sla_policy(
            actor=viewer_of(info),
            key=input.key,
            name=input.name,
            written=written(input),
            calendar_id=None if input.calendar_id is None else key_of(input.calendar_id, "Calendar"),
            effective_from=input.effective_from,
            now=info.context.now,
        )
        return CreateSlaPolicyPayload(policy=made)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=ReviseSlaPolicyPayload,
        description="Say what a policy says to contacts opened from an instant on; those opened before keep theirs.",
    )
    def revise_sla_policy(
        self, info: Info, input: Annotated[ReviseSlaPolicyInput, INPUT]
    ) -> ReviseSlaPolicyPayload | None:
        version = commands.revise_sla_policy(
            actor=viewer_of(info),
            policy_id=key_of(input.id, "SlaPolicy"),
            written=written(input),
            calendar_id=None if input.calendar_id is None else key_of(input.calendar_id, "Calendar"),
            effective_from=input.effective_from,
            now=info.context.now,
        )
        return ReviseSlaPolicyPayload(policy=version.policy, version=version)  # type: ignore[arg-type]  # rows, shown as the types

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=RetireSlaPolicyPayload,
        description="Promise nothing more to contacts opened from now on; those opened before keep theirs.",
    )
    def retire_sla_policy(
        self, info: Info, input: Annotated[RetireSlaPolicyInput, INPUT]
    ) -> RetireSlaPolicyPayload | None:
        retired = commands.retire_sla_policy(
            actor=viewer_of(info), policy_id=key_of(input.id, "SlaPolicy"), now=info.context.now
        )
        return RetireSlaPolicyPayload(policy=retired)  # type: ignore[arg-type]  # a row, shown as the type

from typing import Annotated

import strawberry

from apps.accounts.graphql.types import viewer_of
from apps.accounts.permissions import Permission
from apps.journeys import commands
from apps.journeys.graphql.mapping import inputs, payloads
from cxplatform.graphql.context import Info
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.payloads import INPUT
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import mutation_field


@strawberry.type
class JourneyMutations:
    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=payloads.CreateDepartmentPayload,
        description="Make a department.",
    )
    def create_department(
        self, info: Info, input: Annotated[inputs.CreateDepartmentInput, INPUT]
    ) -> payloads.CreateDepartmentPayload | None:
        made = commands.create_department(actor=viewer_of(info), key=input.key, name=input.name, now=info.context.now)
        return payloads.CreateDepartmentPayload(department=made)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=payloads.RenameDepartmentPayload,
        description="Call a department by another name; its key stays.",
    )
    def rename_department(
        self, info: Info, input: Annotated[inputs.RenameDepartmentInput, INPUT]
    ) -> payloads.RenameDepartmentPayload | None:
        renamed = commands.rename_department(
            actor=viewer_of(info),
            department_id=key_of(input.id, "Department"),
            name=input.name,
            now=info.context.now,
        )
        return payloads.RenameDepartmentPayload(department=renamed)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=payloads.CreatePromisePayload,
        description="Say what the brand promises. It is never changed: another wording is another promise.",
    )
    def create_promise(
        self, info: Info, input: Annotated[inputs.CreatePromiseInput, INPUT]
    ) -> payloads.CreatePromisePayload | None:
        made = commands.create_promise(
            actor=viewer_of(info),
            key=input.key,
            text=input.text,
            criterion=input.criterion.name,
            within_ms=input.within_ms,
            maker=input.maker,
            now=info.context.now,
        )
        return payloads.CreatePromisePayload(promise=made)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=payloads.RetirePromisePayload,
        description="Let no draft make a promise any more; versions that were published keep it.",
    )
    def retire_promise(
        self, info: Info, input: Annotated[inputs.RetirePromiseInput, INPUT]
    ) -> payloads.RetirePromisePayload | None:
        retired = commands.retire_promise(
            actor=viewer_of(info), promise_id=key_of(input.id, "BrandPromise"), now=info.context.now
        )
        return payloads.RetirePromisePayload(promise=retired)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=payloads.CreateJourneyPayload,
        description="Make a journey that has no version yet.",
    )
    def create_journey(
        self, info: Info, input: Annotated[inputs.CreateJourneyInput, INPUT]
    ) -> payloads.CreateJourneyPayload | None:
        made = commands.create_journey(actor=viewer_of(info), key=input.key, name=input.name, now=info.context.now)
        return payloads.CreateJourneyPayload(journey=made)  # type: ignore[arg-type]  # a row, shown as the type

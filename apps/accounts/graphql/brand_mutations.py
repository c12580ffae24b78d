from typing import Annotated

import strawberry

from apps.accounts import commands
from apps.accounts.graphql.inputs import CreateBrandInput, ResumeBrandInput, RetryBrandInput, SuspendBrandInput
from apps.accounts.graphql.types import Brand, viewer_of
from apps.accounts.permissions import Permission
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.payloads import INPUT, UserError, user_errors
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import mutation_field


@strawberry.type(description="What became of createBrand.")
class CreateBrandPayload:
    brand: Brand | None = column("The brand, REQUESTED until its schema is made.", default=None)
    user_errors: list[UserError] = column("Why nothing was made.", default_factory=user_errors)


@strawberry.type(description="What became of retryBrand.")
class RetryBrandPayload:
    brand: Brand | None = column("The brand, REQUESTED until its schema is made.", default=None)
    user_errors: list[UserError] = column("Why it was not tried again.", default_factory=user_errors)


@strawberry.type(description="What became of suspendBrand.")
class SuspendBrandPayload:
    brand: Brand | None = column("The brand, SUSPENDED.", default=None)
    user_errors: list[UserError] = column("Why it was not suspended.", default_factory=user_errors)


@strawberry.type(description="What became of resumeBrand.")
class ResumeBrandPayload:
    brand: Brand | None = column("The brand, ACTIVE.", default=None)
    user_errors: list[UserError] = column("Why it was not resumed.", default_factory=user_errors)


@strawberry.type
class BrandMutations:
    @mutation_field(
        plane=Plane.SHARED,
        requires=Permission.MANAGE_BRANDS,
        payload=CreateBrandPayload,
        description="Ask for a new brand and be granted it; a job makes its schema.",
    )
    def create_brand(self, info: Info, input: Annotated[CreateBrandInput, INPUT]) -> CreateBrandPayload | None:
        details = commands.BrandDetails(**vars(input))
        made = commands.create_brand(actor=viewer_of(info), details=details, now=info.context.now)
        return CreateBrandPayload(brand=made.ref())  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.SHARED,
        requires=Permission.MANAGE_BRANDS,
        payload=RetryBrandPayload,
        description="Ask again for a brand whose making failed.",
    )
    def retry_brand(self, info: Info, input: Annotated[RetryBrandInput, INPUT]) -> RetryBrandPayload | None:
        brand_id = key_of(input.id, "Brand")
        retried = commands.retry_brand(actor=viewer_of(info), brand_id=brand_id, now=info.context.now)
        return RetryBrandPayload(brand=retried.ref())  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.SHARED,
        requires=Permission.MANAGE_BRANDS,
        payload=SuspendBrandPayload,
        description="Close a brand to its people until it is resumed; its data is kept.",
    )
    def suspend_brand(self, info: Info, input: Annotated[SuspendBrandInput, INPUT]) -> SuspendBrandPayload | None:
        suspended = commands.suspend_brand(
            actor=viewer_of(info), brand_id=key_of(input.id, "Brand"), now=info.context.now
        )
        return SuspendBrandPayload(brand=suspended.ref())  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.SHARED,
        requires=Permission.MANAGE_BRANDS,
        payload=ResumeBrandPayload,
        description="Let a suspended brand work again.",
    )
    def resume_brand(self, info: Info, input: Annotated[ResumeBrandInput, INPUT]) -> ResumeBrandPayload | None:
        resumed = commands.resume_brand(actor=viewer_of(info), brand_id=key_of(input.id, "Brand"), now=info.context.now)
        return ResumeBrandPayload(brand=resumed.ref())  # type: ignore[arg-type]  # a row, shown as the type

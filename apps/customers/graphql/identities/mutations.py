"""Customers merged and split, as mutations."""

from typing import Annotated

import strawberry

from apps.accounts.graphql.types import viewer_of
from apps.accounts.permissions import Permission
from apps.customers import commands
from apps.customers.graphql.identities.types import shown
from apps.customers.graphql.types import Customer
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.payloads import INPUT, UserError, user_errors
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import mutation_field


@strawberry.input(description="Two customers who are one person.")
class MergeCustomersInput:
    survivor: strawberry.ID = column("The id of the customer that stays, with its record.")
    merged: strawberry.ID = column("The id of the one that becomes an identity of it.")


@strawberry.input(description="An identity that is somebody else after all.")
class SplitCustomerInput:
    identity: strawberry.ID = column("The id that it had as a customer.")


@strawberry.type(description="What became of mergeCustomers.")
class MergeCustomersPayload:
    customer: Customer | None = column("The customer that stays; null when there are errors.", default=None)
    user_errors: list[UserError] = column("Why nothing was merged.", default_factory=user_errors)


@strawberry.type(description="What became of splitCustomer.")
class SplitCustomerPayload:
    customer: Customer | None = column(
        "Who is left; null when there are errors, or you may not see it any more.", default=None
    )
    new_customer: Customer | None = column(
        "The customer that was split off; null when there are errors, or you may not see it.", default=None
    )
    user_errors: list[UserError] = column("Why nothing was split.", default_factory=user_errors)


@strawberry.type
class IdentityMutations:
    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.PERSONAL_DATA,
        payload=MergeCustomersPayload,
        description="Make one customer of two who are one person; whatever names the merged one is the survivor's.",
    )
    def merge_customers(self, info: Info, input: Annotated[MergeCustomersInput, INPUT]) -> MergeCustomersPayload | None:
        customer = commands.merge_customers(
            actor=viewer_of(info),
            survivor_id=key_of(input.survivor, "Customer", field="survivor"),
            merged_id=key_of(input.merged, "Customer", field="merged"),
            now=info.context.now,
        )
        return MergeCustomersPayload(customer=shown(customer.pk, info))

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.PERSONAL_DATA,
        payload=SplitCustomerPayload,
        description="Make a merged identity a customer of its own again, with all that came in under it.",
    )
    def split_customer(self, info: Info, input: Annotated[SplitCustomerInput, INPUT]) -> SplitCustomerPayload | None:
        left, split = commands.split_customer(
            actor=viewer_of(info),
            identity_id=key_of(input.identity, "Customer", field="identity"),
            now=info.context.now,
        )
        return SplitCustomerPayload(customer=shown(left.pk, info), new_customer=shown(split.pk, info))

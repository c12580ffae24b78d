from typing import Annotated

import strawberry

from apps.accounts.graphql.types import viewer_of
from apps.accounts.permissions import Permission
from apps.customers import commands
from apps.customers.graphql.privacy.types import ERASURE_ORDERS, Erasure, ErasureWhere
from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import Connection, root_connection
from cxplatform.graphql.context import Info
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.payloads import INPUT, UserError, user_errors
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import mutation_field


@strawberry.type
class PrivacyQueries:
    erasures: Connection[Erasure] | None = root_connection(
        Erasure, ERASURE_ORDERS, ErasureWhere, description="The customers that were to be forgotten."
    )


@strawberry.input(description="The customer to forget.")
class EraseCustomerInput:
    id: strawberry.ID = column("The customer's id.")


@strawberry.type(description="What became of eraseCustomer.")
class EraseCustomerPayload:
    erasure: Erasure | None = column("How it goes on; null when there are errors.", default=None)
    user_errors: list[UserError] = column("Why nothing was begun.", default_factory=user_errors)


@strawberry.type
class PrivacyMutations:
    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.MANAGE,
        payload=EraseCustomerPayload,
        description="Forget a customer for good, in the background; numbers stay. The erasure under way, if one is.",
    )
    def erase_customer(self, info: Info, input: Annotated[EraseCustomerInput, INPUT]) -> EraseCustomerPayload | None:
        key = key_of(input.id, "Customer")
        begun = commands.erase_customer(actor=viewer_of(info), customer_id=key, now=info.context.now)
        shown = Erasure.find(begun.pk, info._raw_info)
        return EraseCustomerPayload(erasure=shown)  # type: ignore[arg-type]  # a row, shown as the type

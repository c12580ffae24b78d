from typing import Annotated

import strawberry

from apps.accounts.graphql.types import viewer_of
from apps.accounts.permissions import Permission
from apps.customers import commands
from apps.customers.graphql.inputs import RecordCustomerInput
from apps.customers.graphql.types import Customer
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.payloads import INPUT, UserError, given, user_errors
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import mutation_field


@strawberry.type(description="What became of recordCustomer.")
class RecordCustomerPayload:
    customer: Customer | None = column(
        "The customer as stored; null when there are errors or you may not see it.", default=None
    )
    user_errors: list[UserError] = column("Why nothing was stored.", default_factory=user_errors)


@strawberry.type
class CustomerMutations:
    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.RECORD,
        payload=RecordCustomerPayload,
        description="Store a customer, or change the one with this source and external id.",
    )
    def record_customer(self, info: Info, input: Annotated[RecordCustomerInput, INPUT]) -> RecordCustomerPayload | None:
        stored = commands.record_customer(actor=viewer_of(info), values=given(input), now=info.context.now)
        # Read as everybody reads: recording a row somebody else wrote does not show it.
        shown = Customer.find(stored.pk, info._raw_info)
        return RecordCustomerPayload(customer=shown)  # type: ignore[arg-type]  # a row, shown as the type

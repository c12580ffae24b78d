"""Who may be one person, as a question."""

from typing import Annotated

import strawberry
from strawberry import UNSET

from apps.accounts.permissions import Permission
from apps.customers.graphql.identities.enums import AlikeBy
from apps.customers.graphql.types import Customer
from apps.customers.identities.duplicates import MOST_ALIKE, MOST_FOUND, alike
from cxplatform.errors import BadInput
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.prices import Price
from cxplatform.graphql.roots import query_field

# All customers of the brand are looked at.
_A_LOOK = Price(500)
_CustomerId = Annotated[
    strawberry.ID | None, strawberry.argument(description="Only those like this customer, by its global id.")
]
_First = Annotated[int, strawberry.argument(description=f"How many groups at most: 1 to {MOST_FOUND}.")]


@strawberry.type(description="Customers who may be one person.")
class PossibleDuplicate:
    by: AlikeBy = column("What they have in common.")
    customers: list[Customer] = column(f"2 to {MOST_ALIKE} customers, the oldest record first.")


@strawberry.type
class DuplicateQueries:
    @query_field(
        plane=Plane.BRAND,
        requires=Permission.PERSONAL_DATA,
        price=_A_LOOK,
        description="Customers with the same e-mail address or telephone number, however it is written. What more than "
        f"{MOST_ALIKE} have in common is left out.",
    )
    def possible_duplicates(
        self, info: Info, customer: _CustomerId = UNSET, first: _First = 20
    ) -> list[PossibleDuplicate] | None:
        if not 1 <= first <= MOST_FOUND:
            raise BadInput(f"Ask for 1 to {MOST_FOUND}.", field="first")
        visible = Customer.visible(info)
        found = alike(visible, first, key_of(customer, "Customer", field="customer") if customer else None)
        ids = {identity for each in found for identity in each.customers}
        rows = {row.pk: row for row in Customer.load(visible.filter(pk__in=ids)[: max(len(ids), 1)], info._raw_info)}
        return [
            PossibleDuplicate(by=AlikeBy[each.by], customers=[rows[one] for one in each.customers if one in rows])
            for each in found
        ]

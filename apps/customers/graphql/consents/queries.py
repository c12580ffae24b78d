from datetime import datetime
from typing import Annotated

import strawberry
from strawberry import UNSET

from apps.accounts.permissions import Permission
from apps.customers.consents.asking import is_opt_in, may_contact
from apps.customers.consents.deciding import Decision, Why
from apps.customers.graphql.consents.enums import ContactChannel, ContactPurpose, ContactReason
from apps.customers.graphql.consents.types import ConsentPolicy, ContactDecision
from apps.customers.graphql.types import Customer
from cxplatform.errors import BadInput
from cxplatform.graphql.context import Info
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.prices import Price
from cxplatform.graphql.roots import query_field

MOST_ASKED = 100


@strawberry.type
class ConsentQueries:
    @query_field(
        plane=Plane.BRAND,
        requires=Permission.DRILL_DOWN,
        price=Price(100),
        description="Whether customers may be contacted for a purpose by a channel; an answer each, in their order.",
    )
    def may_contact(
        self,
        info: Info,
        customers: Annotated[list[strawberry.ID], strawberry.argument(description=f"1 to {MOST_ASKED} ids.")],
        purpose: Annotated[ContactPurpose, strawberry.argument(description="What for.")],
        channel: Annotated[ContactChannel, strawberry.argument(description="How.")],
        at: Annotated[datetime | None, strawberry.argument(description="When; now, when left out.")] = UNSET,
    ) -> list[ContactDecision] | None:
        if not 1 <= len(customers) <= MOST_ASKED:
            raise BadInput(f"1 to {MOST_ASKED} customers are asked for at once.", field="customers")
        keys = [key_of(each, "Customer", field="customers") for each in customers]
        seen = set(keys)
        if info.context.rights.only_own_work:
            seen = set(Customer.visible(info).filter(pk__in=keys).values_list("pk", flat=True))
        found = may_contact(seen, purpose.name, channel.name, at or info.context.now)
        nobody = Decision(False, Why.UNKNOWN)
        decided = (found.get(key, nobody) for key in keys)
        return [ContactDecision(allowed=its.allowed, reason=ContactReason[its.why.name]) for its in decided]

    @query_field(
        plane=Plane.BRAND,
        requires=Permission.READ_CONFIGURATION,
        description="What holds for customers who said nothing, for each purpose.",
    )
    def consent_policies(self, info: Info) -> list[ConsentPolicy] | None:
        return [ConsentPolicy(purpose=each, opt_in=is_opt_in(each.name)) for each in ContactPurpose]

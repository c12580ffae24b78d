from datetime import datetime
from typing import Annotated

import strawberry
from strawberry import UNSET

from apps.accounts.permissions import Permission
from apps.interactions.graphql.reasons.filters import ReasonVersionWhere, ReasonWhere
from apps.interactions.graphql.reasons.orders import PAST_TREE_ORDERS, REASON_ORDERS, ReasonVersionOrderBy
from apps.interactions.graphql.reasons.types import Reason, ReasonVersion
from apps.interactions.reasons.versions import holding_at
from cxplatform.errors import NotFound
from cxplatform.graphql.connections import After, Before, Connection, First, Last, root_connection
from cxplatform.graphql.context import Info
from cxplatform.graphql.filters.conditions import narrowed
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.page_queries import PageQuery
from cxplatform.graphql.pages import PageRequest
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.prices import A_PAGE
from cxplatform.graphql.roots import query_field

ReasonId = Annotated[strawberry.ID, strawberry.argument(description="The reason's global id.")]
At = Annotated[datetime, strawberry.argument(description="When.")]
Where = Annotated[
    ReasonVersionWhere | None, strawberry.argument(description="Which of them; all of them when left out.")
]
OrderBy = Annotated[
    list[ReasonVersionOrderBy] | None,
    strawberry.argument(description="In which order; the id breaks ties. Usually by path."),
]


@strawberry.type
class ReasonQueries:
    reasons: Connection[Reason] | None = root_connection(
        Reason, REASON_ORDERS, ReasonWhere, description="Why customers contact, by path; retired and merged ones too."
    )

    @query_field(
        plane=Plane.BRAND,
        requires=Permission.READ_CONFIGURATION,
        description="One reason; NOT_FOUND when there is none.",
    )
    def reason(self, info: Info, id: ReasonId) -> Reason | None:
        found = Reason.find(key_of(id, "Reason"), info._raw_info)
        if found is None:
            raise NotFound("There is no such reason.")
        return found  # type: ignore[return-value]  # a row, shown as the type

    @query_field(
        plane=Plane.BRAND,
        requires=Permission.READ_CONFIGURATION,
        price=A_PAGE,
        description="The tree of reasons as it was at an instant, by path; what was merged by then is not in it.",
    )
    def reason_tree(  # noqa: PLR0917  # strawberry hands them over by name
        self,
        info: Info,
        at: At,
        first: First = UNSET,
        after: After = UNSET,
        last: Last = UNSET,
        before: Before = UNSET,
        order_by: OrderBy = UNSET,
        where: Where = UNSET,
    ) -> Connection[ReasonVersion] | None:
        request, keyset = PageRequest.of(first, after, last, before), PAST_TREE_ORDERS.keyset(order_by)
        rows = lambda: narrowed(ReasonVersion, where, info).filter(holding_at(at), merged_into=None)  # noqa: E731  # as all pages are asked for
        return PageQuery(ReasonVersion, rows, request, keyset)  # type: ignore[return-value]  # read when the page is

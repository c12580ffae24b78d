from typing import Annotated

import strawberry
from strawberry import UNSET

from apps.accounts.graphql.filters import BrandWhere
from apps.accounts.graphql.types import Brand, Member, MemberRow, viewer_of
from cxplatform.graphql.connections import WHERE, After, Before, Connection, First, Last
from cxplatform.graphql.context import Info
from cxplatform.graphql.filters.in_memory import matching_items
from cxplatform.graphql.pages import PageRequest
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import query_field
from cxplatform.graphql.sequences import page_of_sequence


@strawberry.type
class AccountQueries:
    @query_field(plane=Plane.VIEWER, description="The member behind the credential.")
    def me(self, info: Info) -> Member | None:
        return MemberRow.of(viewer_of(info))  # type: ignore[return-value]  # a row, shown as the type

    @query_field(plane=Plane.VIEWER, description="The brand this request is about; null when none is chosen.")
    def brand(self, info: Info) -> Brand | None:
        return info.context.brand  # type: ignore[return-value]  # a row, shown as the type

    @query_field(plane=Plane.VIEWER, description="The brands this credential may choose, by slug.")
    def brands(  # noqa: PLR0917  # strawberry hands them over by name
        self,
        info: Info,
        first: First = UNSET,
        after: After = UNSET,
        last: Last = UNSET,
        before: Before = UNSET,
        where: Annotated[BrandWhere | None, strawberry.argument(description=WHERE)] = UNSET,
    ) -> Connection[Brand] | None:
        request = PageRequest.of(first, after, last, before)
        found = sorted(matching_items(viewer_of(info).brands, where), key=lambda brand: brand.slug)
        return page_of_sequence(found, request, lambda brand: brand.slug)  # type: ignore[return-value]  # a page

from typing import Annotated

import strawberry

from apps.accounts.permissions import Permission
from apps.interactions.graphql.calendars.filters import CalendarWhere
from apps.interactions.graphql.calendars.orders import CALENDAR_ORDERS
from apps.interactions.graphql.calendars.types import Calendar
from cxplatform.errors import NotFound
from cxplatform.graphql.connections import Connection, root_connection
from cxplatform.graphql.context import Info
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import query_field

CalendarId = Annotated[strawberry.ID, strawberry.argument(description="The calendar's global id.")]


@strawberry.type
class CalendarQueries:
    calendars: Connection[Calendar] | None = root_connection(
        Calendar, CALENDAR_ORDERS, CalendarWhere, description="When the brand is open, by key; retired ones too."
    )

    @query_field(
        plane=Plane.BRAND,
        requires=Permission.READ_CONFIGURATION,
        description="One calendar; NOT_FOUND when there is none.",
    )
    def calendar(self, info: Info, id: CalendarId) -> Calendar | None:
        found = Calendar.find(key_of(id, "Calendar"), info._raw_info)
        if found is None:
            raise NotFound("There is no such calendar.")
        return found  # type: ignore[return-value]  # a row, shown as the type

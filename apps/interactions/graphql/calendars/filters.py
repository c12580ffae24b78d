"""What lists of calendars and of their versions may be narrowed by."""

from cxplatform.graphql.filters.comparisons import DateTimeFilter, IdFilter, IntFilter, KeyFilter, TextFilter
from cxplatform.graphql.filters.declaring import by, where_input


@where_input("Which calendars.")
class CalendarWhere:
    id: IdFilter | None = by("The global id.")
    key: TextFilter | None = by("The key.")
    name: TextFilter | None = by("The name.")
    created_at: DateTimeFilter | None = by("When it was made.")
    retired_at: DateTimeFilter | None = by("When it was retired; unknown while it is in use.")


@where_input("Which versions of calendars.")
class CalendarVersionWhere:
    id: IdFilter | None = by("The global id.")
    number: IntFilter | None = by("Its place among the calendar's versions.")
    effective_from: DateTimeFilter | None = by("From when it holds.")
    time_zone: KeyFilter | None = by("The zone of its hours.")
    created_at: DateTimeFilter | None = by("When it was made.")

"""What lists of imports may be narrowed by."""

from cxplatform.graphql.filters.comparisons import BigIntFilter, DateTimeFilter, Filter, IdFilter, KeyFilter
from cxplatform.graphql.filters.declaring import by, where_input
from cxplatform.imports.graphql.enums import ImportJobState


@where_input("Which imports.")
class ImportJobWhere:
    id: IdFilter | None = by("The global id.")
    kind: KeyFilter | None = by("What kind of rows it holds.")
    state: Filter[ImportJobState] | None = by("How far it has come.")
    rejected: BigIntFilter | None = by("The rows that could not be stored.")
    created_at: DateTimeFilter | None = by("When the file came in.")
    started_at: DateTimeFilter | None = by("When the first row was read.")
    finished_at: DateTimeFilter | None = by("When it was done or failed.")

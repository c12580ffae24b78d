"""What lists of references may be narrowed by."""

from apps.interactions.graphql.media.enums import MediaKind
from cxplatform.graphql.filters.comparisons import DateTimeFilter, Filter, IdFilter, KeyFilter
from cxplatform.graphql.filters.declaring import by, where_input


@where_input("Which references.")
class MediaReferenceWhere:
    id: IdFilter | None = by("The global id.")
    external_id: KeyFilter | None = by("The id in the source system.")
    source: KeyFilter | None = by("The system the record came from.")
    kind: Filter[MediaKind] | None = by("What lies there.")
    at: DateTimeFilter | None = by("When what lies there was made.")
    created_at: DateTimeFilter | None = by("When the record was made.")
    updated_at: DateTimeFilter | None = by("When the record last changed.")

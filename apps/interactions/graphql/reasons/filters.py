"""What lists of reasons, of their versions and of their links may be narrowed by."""

from cxplatform.graphql.filters.comparisons import (
    DateTimeFilter,
    IdFilter,
    IntFilter,
    KeyFilter,
    PathFilter,
    TextFilter,
)
from cxplatform.graphql.filters.declaring import by, where_input


@where_input("Which reasons.")
class ReasonWhere:
    id: IdFilter | None = by("The global id.")
    path: PathFilter | None = by("The path.")
    name: TextFilter | None = by("Its own name.")
    parent: PathFilter | None = by("What it lies below, by path; unknown at the root.", "parent.path")
    retired_at: DateTimeFilter | None = by("When it was retired; unknown while it is in use.")
    merged_into: PathFilter | None = by("What it was merged into, by path; unknown unless it was.", "merged_into.path")


@where_input("Which versions of reasons.")
class ReasonVersionWhere:
    id: IdFilter | None = by("The global id.")
    number: IntFilter | None = by("The number of the tree's version.")
    since: DateTimeFilter | None = by("From when it held.")
    until: DateTimeFilter | None = by("Until when it held; unknown while it does.")
    path: PathFilter | None = by("The path it had.")
    name: TextFilter | None = by("The name it had.")
    retired_at: DateTimeFilter | None = by("When it was retired, if it was by then.")


@where_input("Which links between reasons and touchpoints.")
class ReasonTouchpointWhere:
    id: IdFilter | None = by("The global id.")
    touchpoint: KeyFilter | None = by("The touchpoint, by key.", "touchpoint.key")
    linked_at: DateTimeFilter | None = by("When it was linked.")

"""What lists of walkthroughs and of their scores may be narrowed by."""

from cxplatform.graphql.filters.comparisons import DateTimeFilter, IdFilter, IntFilter, KeyFilter, TextFilter
from cxplatform.graphql.filters.declaring import by, where_input


@where_input("Which walkthroughs.")
class WalkthroughWhere:
    id: IdFilter | None = by("The global id.")
    walked_at: DateTimeFilter | None = by("When it was walked.")
    shopper: TextFilter | None = by("Who walked.")


@where_input("Which scores.")
class WalkthroughScoreWhere:
    id: IdFilter | None = by("The global id.")
    walked_at: DateTimeFilter | None = by("When it was walked.")
    touchpoint: KeyFilter | None = by("The touchpoint, by key.", "touchpoint.key")
    score: IntFilter | None = by("The score.")

"""What lists of brands may be narrowed by."""

from apps.accounts.graphql.enums import BrandStatus
from cxplatform.graphql.filters.comparisons import Filter, KeyFilter, TextFilter
from cxplatform.graphql.filters.declaring import by, where_input


@where_input("Which brands.")
class BrandWhere:
    slug: TextFilter | None = by("The short name.")
    name: TextFilter | None = by("The name.")
    vertical: KeyFilter | None = by("The line of business.")
    status: Filter[BrandStatus] | None = by("How far its making has come.")

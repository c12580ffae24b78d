from typing import Annotated, Final

import strawberry

from apps.accounts.permissions import Permission
from apps.surveys.follow_ups.setting import follow_up_rules
from apps.surveys.graphql.follow_ups.filters import FOLLOW_UP_ORDERS, FollowUpWhere
from apps.surveys.graphql.follow_ups.payloads import FollowUpRule
from apps.surveys.graphql.follow_ups.types import FollowUp
from cxplatform.errors import BadInput
from cxplatform.graphql.connections import Connection, root_connection
from cxplatform.graphql.context import Info
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import query_field

MOST_RULES: Final = 500
_Keys = Annotated[
    list[str] | None, strawberry.argument(description=f"Surveys by key, at most {MOST_RULES}; all when left out.")
]


@strawberry.type
class FollowUpQueries:
    follow_ups: Connection[FollowUp] | None = root_connection(
        FollowUp, FOLLOW_UP_ORDERS, FollowUpWhere, description="What is done after low scores; the newest first."
    )

    @query_field(
        plane=Plane.BRAND,
        requires=Permission.READ_CONFIGURATION,
        description="The rules that were set for surveys, in the order of the surveys' keys, the first"
        f" {MOST_RULES}. A survey that is not among them goes by what is usual for its kind.",
    )
    def follow_up_rules(self, info: Info, *, surveys: _Keys = None) -> list[FollowUpRule] | None:
        if surveys is not None and len(surveys) > MOST_RULES:
            raise BadInput(f"At most {MOST_RULES} surveys are asked for at once.", field="surveys")
        return [FollowUpRule.of(row) for row in follow_up_rules(surveys, MOST_RULES)]

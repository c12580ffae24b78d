import strawberry

from apps.surveys.graphql.follow_ups.filters import FOLLOW_UP_ORDERS, FollowUpWhere
from apps.surveys.graphql.follow_ups.types import FollowUp
from cxplatform.graphql.connections import Connection, root_connection


@strawberry.type
class FollowUpQueries:
    follow_ups: Connection[FollowUp] | None = root_connection(
        FollowUp, FOLLOW_UP_ORDERS, FollowUpWhere, description="What is done after low scores; the newest first."
    )

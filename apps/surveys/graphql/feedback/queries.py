import strawberry

from apps.surveys.graphql.feedback import shown  # noqa: F401  # adds fields
from apps.surveys.graphql.feedback.filters import FeedbackWhere, ThemeWhere
from apps.surveys.graphql.feedback.orders import FEEDBACK_ORDERS, THEME_ORDERS
from apps.surveys.graphql.feedback.types import FeedbackItem, Theme
from cxplatform.graphql.connections import Connection, root_connection


@strawberry.type
class FeedbackQueries:
    feedback: Connection[FeedbackItem] | None = root_connection(
        FeedbackItem, FEEDBACK_ORDERS, FeedbackWhere, description="What customers said in words, wherever they did."
    )
    themes: Connection[Theme] | None = root_connection(
        Theme, THEME_ORDERS, ThemeWhere, description="What feedback speaks of; what came up last first."
    )

"""What can be exported from this app. Columns are called as an import of the same rows calls them."""

from apps.accounts.permissions import Permission
from apps.surveys.models import FeedbackItem, SurveyResponse
from cxplatform.exports.kinds import Exported, export_kind

SURVEY_RESPONSES = export_kind(
    "survey-responses",
    SurveyResponse,
    (
        Exported("external_id"),
        Exported("source"),
        Exported("survey", "survey__key"),
        Exported("kind"),
        Exported("scope", "survey__scope"),
        Exported("score"),
        Exported("answered_at"),
        Exported("sent_at"),
        Exported("customer", "customer__external_id"),
        Exported("interaction", "interaction_external_id"),
        Exported("touchpoint", "touchpoint__key"),
        Exported("language"),
        Exported("comment", requires=Permission.PERSONAL_DATA),
        Exported("updated_at"),
    ),
    order=("answered_at", "id"),
)

FEEDBACK = export_kind(
    "feedback",
    FeedbackItem,
    (
        Exported("external_id"),
        Exported("source"),
        Exported("kind"),
        Exported("occurred_at"),
        Exported("customer", "customer__external_id"),
        Exported("language"),
        Exported("detected_language"),
        Exported("score"),
        Exported("label"),
        Exported("mixed"),
        Exported("confidence"),
        Exported("model"),
        Exported("model_version"),
        Exported("theme", "theme__name", requires=Permission.READ_CONFIGURATION),
        Exported("text", requires=Permission.PERSONAL_DATA),
        Exported("updated_at"),
    ),
    order=("occurred_at", "id"),
)

"""What can be exported from this app. Columns are called as an import of the same rows calls them."""

from apps.accounts.permissions import Permission
from apps.surveys.models import SurveyResponse
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

"""Making surveys and what their pages ask. Each command runs inside the brand's door, which the caller opens."""

from apps.surveys.authoring.drafts import draft_survey_version, edit_survey_draft
from apps.surveys.authoring.publishing import publish_survey_version
from apps.surveys.authoring.surveys import create_survey, rename_survey

__all__ = [
    "create_survey",
    "draft_survey_version",
    "edit_survey_draft",
    "publish_survey_version",
    "rename_survey",
]

"""Writes of surveys. Each runs inside the brand's door, which the caller opens."""

from collections.abc import Mapping
from datetime import datetime

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from apps.surveys.models import SurveyResponse
from cxplatform.errors import Forbidden
from cxplatform.imports.recording import record_row


def record_survey_response(*, actor: Viewer, values: Mapping[str, object], now: datetime) -> SurveyResponse:
    """Store an answer; its survey is made if unknown. Absent values keep what is stored, None clears it.

    `values` are the columns of the import kind. Raises: Forbidden; RowRefused with every problem.
    """
    if not actor.may(Permission.RECORD):
        raise Forbidden("Your role does not record.")
    return SurveyResponse.objects.get(pk=record_row("survey-responses", values, now=now))

"""Writes of surveys. Each runs inside the brand's door, which the caller opens."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from apps.accounts.recording import record_as
from apps.accounts.viewer import Viewer
from apps.customers.serving import insist_on_serving
from apps.interactions.models import Interaction
from apps.interactions.own_work import handled_by
from apps.surveys.models import SurveyResponse
from cxplatform.errors import Forbidden
from cxplatform.imports.guards import Write


def record_survey_response(*, actor: Viewer, values: Mapping[str, object], now: datetime) -> SurveyResponse:
    """Store an answer; its survey is made if unknown. Absent values keep what is stored, None clears it.

    `values` are the columns of the import kind. Whoever sees only its own work records answers about that: about an
    interaction of its own, or about none and of a customer that it serves. Raises: Forbidden; RowRefused with every
    problem.
    """
    key = record_as(
        actor,
        "survey-responses",
        values,
        action="record_survey_response",
        now=now,
        is_own=_about_own_work,
        check=_of_its_own,
    )
    return SurveyResponse.objects.get(pk=key)


def _about_own_work(member_id: UUID, response_id: UUID) -> bool:
    about = Interaction.objects.filter(
        handled_by(member_id), source=OuterRef("source"), external_id=OuterRef("interaction_external_id")
    )
    return SurveyResponse.objects.filter(Exists(about), pk=response_id).exists()


def _of_its_own(member_id: UUID, write: Write) -> None:
    customer, interaction = write.row.values.get("customer"), write.value("interaction")
    if customer is not None:
        if "customer" not in write.named:
            raise Forbidden("You do not serve this customer.", field="customer")
        insist_on_serving(member_id, write.named["customer"])
    if interaction is None:
        # An answer about an interaction of its own stays about one.
        if customer is None or write.stored is not None:
            raise Forbidden("Name the interaction of yours that this answer is about.", field="interaction")
        return
    about = Interaction.objects.filter(handled_by(member_id), source=write.row.source, external_id=interaction)
    if not about.exists():
        raise Forbidden("You did not handle this interaction.", field="interaction")

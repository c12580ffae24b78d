"""Publishing versions of surveys: from then on a version never changes, nor does what its questions' keys stand for."""

from datetime import datetime
from uuid import UUID

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from apps.surveys.authoring.contents import told
from apps.surveys.authoring.drafts import locked_draft
from apps.surveys.authoring.surveys import subject_of
from apps.surveys.forms.lacking import Lack, LackCode, Scale, lacks
from apps.surveys.models import FormState, Question, SurveyVersion
from apps.surveys.reading_forms import form_of
from cxplatform.audit.trail import record_change
from cxplatform.errors import BadInput, Conflict


def publish_survey_version(*, actor: Viewer, version_id: UUID, now: datetime) -> SurveyVersion:
    """Let a draft be what is asked from now on; invitations that were made before ask what they were made with.

    Raises: Forbidden; NotFound; BadInput naming what the draft lacks first, by its path; Conflict when it was
    published, or when a key stands for a question of another scale.
    """
    actor.require(Permission.CONFIGURE)
    draft = locked_draft(version_id)
    form = form_of(draft.pk)
    for lack in lacks(form, published_scales(draft.survey_id)):
        _refuse(lack)
    draft.state, draft.published_at = FormState.PUBLISHED, now
    draft.save(update_fields=["state", "published_at"])
    record_change(
        actor=actor.actor,
        action="publish_survey_version",
        subject=subject_of(draft.survey),
        now=now,
        after={"number": draft.number, **told(form)},
    )
    return draft


def published_scales(survey_id: UUID) -> dict[str, Scale]:
    """Return what was published under each key of a survey's questions; once published, it stays so."""
    rows = Question.objects.filter(version__survey=survey_id, version__state=FormState.PUBLISHED)
    found = rows.order_by("version__number").values_list("key", "kind", "low", "high")
    return {key: (kind, low, high) for key, kind, low, high in found}


def _refuse(lack: Lack) -> None:
    error = Conflict if lack.code is LackCode.SCALE_CHANGED else BadInput
    raise error(lack.message, field=lack.field)

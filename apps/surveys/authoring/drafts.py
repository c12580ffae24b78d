"""Drafting versions of surveys: what is published is copied, never changed."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Max

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from apps.surveys.authoring.contents import template, told, write_contents
from apps.surveys.authoring.surveys import locked, subject_of
from apps.surveys.forms.checking import check
from apps.surveys.forms.shapes import Form
from apps.surveys.models import FormState, SurveyVersion
from apps.surveys.reading_forms import form_of
from cxplatform.audit.trail import record_change
from cxplatform.errors import Conflict, NotFound

MOST_VERSIONS: Final = 200


def draft_survey_version(*, actor: Viewer, survey_id: UUID, now: datetime) -> SurveyVersion:
    """Begin a draft with what the last version has; the first one with the survey's own question in English.

    Raises: Forbidden; NotFound; Conflict when there is a draft, or as many versions as there may be.
    """
    actor.require(Permission.CONFIGURE)
    survey = locked(survey_id)
    last = survey.versions.order_by("-number").first()
    if last is not None and last.state == FormState.DRAFT:
        raise Conflict("The survey has a draft; edit or publish that.", field="survey")
    number = 1 + (survey.versions.aggregate(last=Max("number"))["last"] or 0)
    if number > MOST_VERSIONS:
        raise Conflict(f"A survey has {MOST_VERSIONS} versions at most; make another.", field="survey")
    form = template(survey.kind) if last is None else form_of(last.pk)
    draft = SurveyVersion.objects.create(
        survey=survey, number=number, state=FormState.DRAFT, default_language=form.default_language, created_at=now
    )
    write_contents(draft, form)
    record_change(
        actor=actor.actor,
        action="draft_survey_version",
        subject=subject_of(survey),
        now=now,
        after={"number": number, "copied_from": last.number if last else None},
    )
    return draft


def edit_survey_draft(*, actor: Viewer, version_id: UUID, form: Form, now: datetime) -> SurveyVersion:
    """Put a form in the place of all that a draft had; the form's `kind` is the survey's, whatever it says.

    Raises: Forbidden; NotFound; BadInput naming the field by its path; Conflict when it was published.
    """
    actor.require(Permission.CONFIGURE)
    draft = locked_draft(version_id)
    check(form)
    before = told(form_of(draft.pk))
    write_contents(draft, form)
    record_change(
        actor=actor.actor,
        action="edit_survey_draft",
        subject=subject_of(draft.survey),
        now=now,
        before={"number": draft.number, **before},
        after={"number": draft.number, **told(form)},
    )
    return draft


def locked_draft(version_id: UUID) -> SurveyVersion:
    """Read a draft so that nobody else edits or publishes it meanwhile. Raises: NotFound; Conflict for no draft."""
    survey_id = SurveyVersion.objects.filter(pk=version_id).values_list("survey_id", flat=True).first()
    if survey_id is None:
        raise NotFound("There is no such version.")
    survey = locked(survey_id)
    version = SurveyVersion.objects.get(pk=version_id)
    version.survey = survey
    if version.state != FormState.DRAFT:
        raise Conflict("The version was published, and never changes: draft the next one.", field="id")
    return version

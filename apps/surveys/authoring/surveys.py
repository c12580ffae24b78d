from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from apps.surveys.models import USUAL_SCOPES, Survey
from cxplatform.audit.trail import Subject, record_change
from cxplatform.errors import Conflict, NotFound
from cxplatform.named import checked_key, checked_text

MOST_SURVEYS: Final = 1_000


def create_survey(*, actor: Viewer, key: str, name: str, kind: str, scope: str | None, now: datetime) -> Survey:
    """Make a survey that has no version yet; without a scope it has the usual one of its kind.

    Raises: Forbidden; BadInput naming the field; Conflict when the key is taken or there are too many.
    """
    actor.require(Permission.CONFIGURE)
    known, said = checked_key(key), _checked(name)
    if Survey.objects.count() >= MOST_SURVEYS:
        raise Conflict(f"A brand has {MOST_SURVEYS:,} surveys at most.")
    try:
        with transaction.atomic():
            made = Survey.objects.create(key=known, name=said, kind=kind, scope=scope or USUAL_SCOPES[kind])
    except IntegrityError as error:
        raise Conflict("A survey with this key exists.", field="key") from error
    told = {"name": made.name, "kind": made.kind, "scope": made.scope}
    record_change(actor=actor.actor, action="create_survey", subject=subject_of(made), now=now, after=told)
    return made


def rename_survey(*, actor: Viewer, survey_id: UUID, name: str, now: datetime) -> Survey:
    """Call a survey by another name; its key, kind and scope stay. Raises: Forbidden; NotFound; BadInput."""
    actor.require(Permission.CONFIGURE)
    survey = locked(survey_id)
    before, survey.name = survey.name, _checked(name)
    if before != survey.name:
        survey.save(update_fields=["name"])
        record_change(
            actor=actor.actor,
            action="rename_survey",
            subject=subject_of(survey),
            now=now,
            before={"name": before},
            after={"name": survey.name},
        )
    return survey


def locked(survey_id: UUID) -> Survey:
    """Read a survey so that nobody else drafts or publishes a version of it meanwhile. Raises: NotFound."""
    survey = Survey.objects.select_for_update(no_key=True).filter(pk=survey_id).first()
    if survey is None:
        raise NotFound("There is no such survey.")
    return survey


def subject_of(survey: Survey) -> Subject:
    return Subject("Survey", survey.id, survey.key)


def _checked(name: str) -> str:
    return checked_text(name, 200, "name", what="A survey's name")

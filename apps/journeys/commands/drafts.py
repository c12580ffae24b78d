"""Drafting versions of journeys: what is published is copied, never changed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Max

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from apps.journeys.commands.journeys import locked, subject_of
from apps.journeys.contents import copy_contents, told, write_contents
from apps.journeys.models import JourneyVersion, VersionState
from apps.journeys.written import TEMPLATE, WrittenStage, check
from cxplatform.audit.trail import record_change
from cxplatform.errors import Conflict, NotFound

MOST_VERSIONS: Final = 200


def draft_journey_version(*, actor: Viewer, journey_id: UUID, now: datetime) -> JourneyVersion:
    """Begin a draft with what the last version has; the first one with the stages of the template.

    Raises: Forbidden; NotFound; Conflict when there is a draft, or as many versions as there may be.
    """
    actor.require(Permission.CONFIGURE)
    journey = locked(journey_id)
    last = journey.versions.order_by("-number").first()
    if last is not None and last.state == VersionState.DRAFT:
        raise Conflict("The journey has a draft; edit or publish that.", field="journey")
    number = 1 + (journey.versions.aggregate(last=Max("number"))["last"] or 0)
    if number > MOST_VERSIONS:
        raise Conflict(f"A journey has {MOST_VERSIONS} versions at most; make another.", field="journey")
    draft = JourneyVersion.objects.create(journey=journey, number=number, created_at=now)
    if last is None:
        write_contents(draft, TEMPLATE)
    else:
        copy_contents(last, draft)
    record_change(
        actor=actor.actor,
        action="draft_journey_version",
        subject=subject_of(journey),
        now=now,
        after={"number": number, "copied_from": last.number if last else None},
    )
    return draft


def edit_journey_draft(
    *, actor: Viewer, version_id: UUID, stages: Sequence[WrittenStage], now: datetime
) -> JourneyVersion:
    """Put stages and placements in the place of all that a draft had.

    Raises: Forbidden; NotFound; BadInput naming the field by its path; Conflict when it was published.
    """
    actor.require(Permission.CONFIGURE)
    draft = locked_draft(version_id)
    check(stages)
    before = told(draft)
    write_contents(draft, stages)
    record_change(
        actor=actor.actor,
        action="edit_journey_draft",
        subject=subject_of(draft.journey),
        now=now,
        before={"number": draft.number, "stages": before},
        after={"number": draft.number, "stages": told(draft)},
    )
    return draft


def locked_version(version_id: UUID) -> JourneyVersion:
    """Read a version after its journey was locked. Raises: NotFound."""
    journey_id = JourneyVersion.objects.filter(pk=version_id).values_list("journey_id", flat=True).first()
    if journey_id is None:
        raise NotFound("There is no such version.")
    journey = locked(journey_id)
    version = JourneyVersion.objects.get(pk=version_id)
    version.journey = journey
    return version


def locked_draft(version_id: UUID) -> JourneyVersion:
    """Read a draft so that nobody else edits or publishes it meanwhile. Raises: NotFound; Conflict for no draft."""
    version = locked_version(version_id)
    if version.state != VersionState.DRAFT:
        raise Conflict("The version was published, and never changes: draft the next one.", field="id")
    return version

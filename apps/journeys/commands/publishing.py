"""Publishing and retiring versions of journeys; one is in force at a time, and what was in force stays so."""

from datetime import datetime
from typing import Any
from uuid import UUID

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from apps.journeys.commands.drafts import locked_draft, locked_version
from apps.journeys.commands.journeys import subject_of
from apps.journeys.contents import told
from apps.journeys.models import JourneyVersion, Placement, VersionState
from apps.journeys.recounting import recount_later
from apps.journeys.spans import lay_out
from apps.journeys.stages.anew import stage_anew_later
from cxplatform.audit.trail import record_change
from cxplatform.errors import Conflict


def publish_journey_version(
    *, actor: Viewer, version_id: UUID, effective_from: datetime | None, now: datetime
) -> JourneyVersion:
    """Put a draft in force from an instant on: now if none is given. The one before is until then.

    The first version of a journey may be from any instant in the past; what was in force already stays in force, so
    each later one is from now on at the earliest, and after the beginning of every other.

    Raises: Forbidden; NotFound; Conflict when it was published by somebody else, another is
    from then on, or it has no touchpoints or a promise that was retired.
    """
    actor.require(Permission.CONFIGURE)
    draft, since = locked_draft(version_id), effective_from or now
    _check_contents(draft)
    _end_last(draft, since, now)
    draft.state, draft.effective_from, draft.published_at = VersionState.PUBLISHED, since, now
    draft.save(update_fields=["state", "effective_from", "published_at"])
    _stand(draft, since, now)
    _record(
        actor,
        "publish_journey_version",
        draft,
        now=now,
        after={"number": draft.number, "effective_from": since, "stages": told(draft)},
    )
    return draft


def retire_journey_version(*, actor: Viewer, version_id: UUID, now: datetime) -> JourneyVersion:
    """Take a version out of force from now on; one that was to begin later never is, and the one before goes on.

    Raises: Forbidden; NotFound; Conflict when it is a draft or its time is over.
    """
    actor.require(Permission.CONFIGURE)
    version = locked_version(version_id)
    if version.effective_from is None:
        raise Conflict("A draft is not in force.", field="id")
    if version.state == VersionState.RETIRED:
        return version
    if version.effective_until is not None and version.effective_until <= now:
        raise Conflict("Its time is over: another version took its place.", field="id")
    former, version.effective_until = version.effective_until, max(now, version.effective_from)
    version.state, version.retired_at = VersionState.RETIRED, now
    version.save(update_fields=["state", "retired_at", "effective_until"])
    if version.effective_from >= now:
        _go_on(version, former)
    _stand(version, version.effective_until, now)
    ended = {"number": version.number, "effective_until": version.effective_until}
    _record(actor, "retire_journey_version", version, now=now, before={"effective_until": former}, after=ended)
    return version


def _check_contents(draft: JourneyVersion) -> None:
    placements = draft.placements.all()
    if not placements.exists():
        raise Conflict("The draft has no touchpoints.", field="id")
    if (retired := placements.filter(promise__retired_at__isnull=False).first()) is not None:
        raise Conflict(f"What is promised at {retired.name} was retired.", field="id")


def _end_last(draft: JourneyVersion, since: datetime, now: datetime) -> None:
    """End what is in force when a draft begins. Raises: Conflict."""
    published = draft.journey.versions.exclude(state=VersionState.DRAFT)
    if published.exists() and since < now:
        raise Conflict("What was in force stays so: it begins now at the earliest.", field="effective_from")
    if published.filter(state=VersionState.PUBLISHED, effective_from__gte=since).exists():
        raise Conflict("The journey has a version from then on or later.", field="effective_from")
    published.filter(effective_until=None).update(effective_until=since)


def _go_on(withdrawn: JourneyVersion, until: datetime | None) -> None:
    """Let the version that a withdrawn one was to end go on."""
    before = withdrawn.journey.versions.filter(state=VersionState.PUBLISHED, effective_until=withdrawn.effective_from)
    before.update(effective_until=until)


def _stand(version: JourneyVersion, since: datetime, now: datetime) -> None:
    """Lay out where the touchpoints of the journey stand, and have made anew what hung on it from an instant on.

    A version holds few touchpoints, and most are in all of them.
    """
    concerned = Placement.objects.filter(version__journey=version.journey).exclude(version__state=VersionState.DRAFT)
    touchpoints = set(concerned.values_list("touchpoint_id", flat=True))
    lay_out(touchpoints)
    recount_later(touchpoints, since, now)
    stage_anew_later(version.journey_id, since, now)


def _record(actor: Viewer, action: str, version: JourneyVersion, **told: Any) -> None:
    record_change(actor=actor.actor, action=action, subject=subject_of(version.journey), **told)

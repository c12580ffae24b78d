from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from apps.journeys.models import JourneyVersion, Placement, VersionState, Walkthrough, WalkthroughScore
from cxplatform.audit.trail import Subject, record_change
from cxplatform.errors import BadInput, Conflict, NotFound
from cxplatform.named import checked_text

BEST: Final = 10
LONGEST_NOTE: Final = 4_000


@dataclass(frozen=True)
class WrittenScore:
    """What a touchpoint (by key) was given."""

    touchpoint: str
    score: int
    note: str = ""


def record_walkthrough(
    *,
    actor: Viewer,
    version_id: UUID,
    walked_at: datetime,
    shopper: str,
    note: str,
    scores: Sequence[WrittenScore],
    now: datetime,
) -> Walkthrough:
    """Record what a mystery shopper gave the touchpoints of a version, not necessarily all of them.

    Raises: Forbidden; NotFound; BadInput naming the field by its path; Conflict for a draft, which nobody can walk.
    """
    actor.require(Permission.CONFIGURE)
    version = JourneyVersion.objects.select_related("journey").filter(pk=version_id).first()
    if version is None:
        raise NotFound("There is no such version.", field="version")
    if version.state == VersionState.DRAFT:
        raise Conflict("A draft cannot be walked along.", field="version")
    if walked_at > now:
        raise BadInput("That is still to come.", field="walked_at")
    placements = {each.touchpoint.key: each for each in version.placements.select_related("touchpoint")}
    _check(scores, placements)
    walk = Walkthrough.objects.create(
        version=version,
        walked_at=walked_at,
        shopper=checked_text(shopper, 200, "shopper"),
        note=_note(note, "note"),
        recorded_at=now,
        recorded_by_id=actor.member_id,
        recorded_by=actor.member_name[:200],
    )
    WalkthroughScore.objects.bulk_create(
        _score(walk, placements[each.touchpoint], each, f"scores.{place}.note") for place, each in enumerate(scores)
    )
    told = {"version": version.number, "walked_at": walked_at, "scores": len(scores)}
    subject = Subject("Walkthrough", walk.id, version.journey.key)
    record_change(actor=actor.actor, action="record_walkthrough", subject=subject, now=now, after=told)
    return walk


def _check(scores: Sequence[WrittenScore], placements: Mapping[str, Placement]) -> None:
    if not scores:
        raise BadInput("A walkthrough scores at least one touchpoint.", field="scores")
    seen: set[str] = set()
    for place, each in enumerate(scores):
        if each.touchpoint not in placements:
            raise BadInput("The version has no such touchpoint.", field=f"scores.{place}.touchpoint")
        if each.touchpoint in seen:
            raise BadInput("The touchpoint is scored twice.", field=f"scores.{place}.touchpoint")
        seen.add(each.touchpoint)
        if not 0 <= each.score <= BEST:
            raise BadInput(f"A score is 0 to {BEST}.", field=f"scores.{place}.score")


def _score(walk: Walkthrough, placement: Placement, each: WrittenScore, field: str) -> WalkthroughScore:
    return WalkthroughScore(
        walkthrough=walk,
        placement=placement,
        touchpoint=placement.touchpoint,
        walked_at=walk.walked_at,
        score=each.score,
        note=_note(each.note, field),
    )


def _note(note: str, field: str) -> str:
    if len(note) > LONGEST_NOTE:
        raise BadInput(f"A note has at most {LONGEST_NOTE:,} characters.", field=field)
    return note.strip()

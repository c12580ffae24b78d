"""The stages a customer went through on one journey, from what is known of it. Pure: no framework, no clock.

The rules, in the order in which they are asked:

1. A moment counts if the version in force at it places its touchpoint; any other is passed over.
2. Moments are taken in the order of time. Those of one instant go by the order of the stages, so nobody seems to go
   back within an instant; then by kind, source and external id. The order in which they arrived tells nothing.
3. A moment in the stage the customer is in goes on with the visit. One in another stage ends that visit and begins the
   next, whether it lies ahead, with stages skipped between, or behind. A stage that is entered again is a new visit.
4. A survey answer speaks of what was. It begins a visit only of a stage the customer was never in; else it tells
   nothing but that a visit of its stage goes on.
5. A version that comes into force moves nobody: a stage goes by its key. Where a stage is in no version any more, its
   visits end at that instant, and the customer is in no stage until the next moment.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from apps.journeys.stages.moments import Map, Moment, MomentKind, Place


class Came(StrEnum):
    """How a stage was entered: from no stage, from one before it, or from one behind it."""

    BEGAN = "BEGAN"
    FORWARD = "FORWARD"
    BACK = "BACK"


class Left(StrEnum):
    """Why a visit ended: the customer went to another stage, or there was no such stage any more."""

    MOVED = "MOVED"
    STAGE_ENDED = "STAGE_ENDED"


@dataclass(slots=True)
class Visit:
    """A stay in a stage over [entered_at, left_at). `stage` is the one of the version in force when it began.

    `again` counts the visits of the same stage before; `skipped` the stages that lay between the one before and this.
    """

    stage: UUID
    stage_key: str
    entered_at: datetime
    entered_by: Moment
    came: Came
    skipped: int
    again: int
    moments: int = 1
    last_moment_at: datetime | None = None
    left_at: datetime | None = None
    left: Left | None = None


class Walk:
    """One customer's way along one journey, told in the order of time."""

    def __init__(self, maps: Sequence[Map]) -> None:
        """Begin with the versions that ever were in force, in the order of time."""
        self._maps = maps
        self._here = 0
        self._ends: datetime | None = None
        self._visited: dict[str, int] = {}
        self.visits: list[Visit] = []

    def take(self, at: datetime, together: Iterable[Moment]) -> None:
        """Take in all moments of the next instant."""
        while self._here < len(self._maps) and _is_over(self._maps[self._here], at):
            self._here += 1
        if self._here == len(self._maps) or at < self._maps[self._here].since:
            return
        places = self._maps[self._here].places
        placed = [(place, moment) for moment in together if (place := places.get(moment.touchpoint)) is not None]
        for place, moment in sorted(placed, key=_in_order) if len(placed) > 1 else placed:
            self._take(place, moment)

    def ended(self) -> list[Visit]:
        """Return the visits once every moment was taken in."""
        self._end_with_stage(None)
        return self.visits

    def _take(self, place: Place, moment: Moment) -> None:
        self._end_with_stage(moment.at)
        visit = self._current()
        if visit is not None and visit.stage_key == place.key:
            visit.moments += 1
            visit.last_moment_at = moment.at
        elif moment.kind is not MomentKind.SURVEY_RESPONSE or place.key not in self._visited:
            self._enter(place, moment, visit)

    def _enter(self, place: Place, moment: Moment, before: Visit | None) -> None:
        came, skipped = Came.BEGAN, 0
        if before is not None:
            steps = place.position - self._maps[self._here].positions[before.stage_key]
            came, skipped = (Came.FORWARD, steps - 1) if steps > 0 else (Came.BACK, 0)
            before.left_at, before.left = moment.at, Left.MOVED
        again = self._visited.get(place.key, 0)
        self._visited[place.key] = again + 1
        self.visits.append(
            Visit(place.stage, place.key, moment.at, moment, came, skipped, again, last_moment_at=moment.at)
        )
        self._ends = self._end_of(place.key)

    def _current(self) -> Visit | None:
        return self.visits[-1] if self.visits and self.visits[-1].left_at is None else None

    def _end_with_stage(self, at: datetime | None) -> None:
        """End the visit whose stage is no more at an instant; at the end of all time, if None."""
        visit = self._current()
        if visit is not None and self._ends is not None and (at is None or self._ends <= at):
            visit.left_at, visit.left = self._ends, Left.STAGE_ENDED

    def _end_of(self, key: str) -> datetime | None:
        """Return when a stage of the version in force is in none any more, None if that is not known to come."""
        until = self._maps[self._here].until
        for following in self._maps[self._here + 1 :]:
            if following.since != until or key not in following.positions:
                break
            until = following.until
        return until


def visits_of(moments: Iterable[Moment], maps: Sequence[Map]) -> list[Visit]:
    """Return the visits of one customer on one journey, whatever the order of the moments."""
    walk = Walk(maps)
    for at, together in groupby(sorted(moments, key=attrgetter("at")), key=attrgetter("at")):
        walk.take(at, together)
    return walk.ended()


def _is_over(version: Map, at: datetime) -> bool:
    return version.until is not None and version.until <= at


def _in_order(placed: tuple[Place, Moment]) -> tuple[int, str, tuple[str, str]]:
    place, moment = placed
    return place.position, moment.kind, moment.key

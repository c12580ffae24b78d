"""What walking along a journey goes by: moments of a customer at touchpoints, and the versions of the journey."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID


class MomentKind(StrEnum):
    """What tells that a customer was at a touchpoint."""

    TOUCHPOINT_EVENT = "TOUCHPOINT_EVENT"
    INTERACTION = "INTERACTION"
    SURVEY_RESPONSE = "SURVEY_RESPONSE"


class Moment(NamedTuple):
    """A customer at a touchpoint. `key` (source, external id) orders what is of the same instant, stage and kind."""

    at: datetime
    touchpoint: UUID
    kind: MomentKind
    key: tuple[str, str]
    id: UUID


class Place(NamedTuple):
    """Where a version puts a touchpoint: a stage by its id, its key, and its place among the version's stages."""

    stage: UUID
    key: str
    position: int


@dataclass(frozen=True)
class Map:
    """A version of a journey, in force over [since, until): its stages by key, and its touchpoints' places."""

    since: datetime
    until: datetime | None
    positions: Mapping[str, int]
    places: Mapping[UUID, Place]

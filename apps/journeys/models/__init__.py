from apps.journeys.models.department import Department
from apps.journeys.models.friction import (
    Friction,
    FrictionCategory,
    FrictionRule,
    FrictionSeverity,
    FrictionStatus,
)
from apps.journeys.models.friction_trail import EvidenceKind, FrictionChange, FrictionEvidence
from apps.journeys.models.journey import Journey, JourneyVersion, VersionState
from apps.journeys.models.promise import BrandPromise, Criterion
from apps.journeys.models.span import TouchpointSpan
from apps.journeys.models.stage import JourneyStage, Placement, StageKind, TouchpointChannel
from apps.journeys.models.touchpoint import Outcome, Touchpoint, TouchpointEvent
from apps.journeys.models.walkthrough import Walkthrough, WalkthroughScore

__all__ = [
    "BrandPromise",
    "Criterion",
    "Department",
    "EvidenceKind",
    "Friction",
    "FrictionCategory",
    "FrictionChange",
    "FrictionEvidence",
    "FrictionRule",
    "FrictionSeverity",
    "FrictionStatus",
    "Journey",
    "JourneyStage",
    "JourneyVersion",
    "Outcome",
    "Placement",
    "StageKind",
    "Touchpoint",
    "TouchpointChannel",
    "TouchpointEvent",
    "TouchpointSpan",
    "VersionState",
    "Walkthrough",
    "WalkthroughScore",
]

from apps.journeys.models.department import Department
from apps.journeys.models.friction import (
    Friction,
    FrictionCategory,
    FrictionRule,
    FrictionSeverity,
    FrictionStatus,
)
from apps.journeys.models.friction_trail import FrictionChange, FrictionEvidence
from apps.journeys.models.handoff import Handoff, HandoffWatch
from apps.journeys.models.journey import Journey, JourneyVersion, VersionState
from apps.journeys.models.ledger import DecidedBy, EvidenceKind, Kept, PromiseOutcome, PromiseStatement
from apps.journeys.models.progress import JourneyProgress, StageMark, StageVisit
from apps.journeys.models.promise import BrandPromise, Criterion
from apps.journeys.models.span import TouchpointSpan
from apps.journeys.models.stage import JourneyStage, Placement, StageKind, TouchpointChannel
from apps.journeys.models.touchpoint import Outcome, Touchpoint, TouchpointEvent
from apps.journeys.models.walkthrough import Walkthrough, WalkthroughScore

__all__ = [
    "BrandPromise",
    "Criterion",
    "DecidedBy",
    "Department",
    "EvidenceKind",
    "Friction",
    "FrictionCategory",
    "FrictionChange",
    "FrictionEvidence",
    "FrictionRule",
    "FrictionSeverity",
    "FrictionStatus",
    "Handoff",
    "HandoffWatch",
    "Journey",
    "JourneyProgress",
    "JourneyStage",
    "JourneyVersion",
    "Kept",
    "Outcome",
    "Placement",
    "PromiseOutcome",
    "PromiseStatement",
    "StageKind",
    "StageMark",
    "StageVisit",
    "Touchpoint",
    "TouchpointChannel",
    "TouchpointEvent",
    "TouchpointSpan",
    "VersionState",
    "Walkthrough",
    "WalkthroughScore",
]

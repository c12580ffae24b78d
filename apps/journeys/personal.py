"""What this app's tables hold of customers: what happened to them at touchpoints."""

from apps.journeys.models import (
    BrandPromise,
    Department,
    Friction,
    FrictionChange,
    Journey,
    JourneyProgress,
    JourneyStage,
    Placement,
    PromiseOutcome,
    PromiseStatement,
    StageMark,
    StageVisit,
    Touchpoint,
    TouchpointEvent,
    TouchpointSpan,
    Walkthrough,
    WalkthroughScore,
)
from cxplatform.privacy.catalogue import describe
from cxplatform.privacy.tags import ATTRIBUTES, IMPORTED, TEXT, harmless, mentioning, staff

_OWN = harmless("the brand's own words for its journeys")
_NOTED = mentioning("what a mystery shopper noted of touchpoints")

describe(
    TouchpointEvent,
    {**IMPORTED, "promise": _OWN, "attributes": ATTRIBUTES},
    about="customer",
    active="occurred_at",
)
describe(Department, {"key": _OWN, "name": _OWN})
describe(Journey, {"key": _OWN, "name": _OWN})
describe(JourneyStage, {"key": _OWN, "name": _OWN})
describe(BrandPromise, {"key": _OWN, "text": _OWN})
describe(Touchpoint, {"key": _OWN, "name": _OWN, "stage": _OWN, "department": _OWN})
describe(Placement, {"name": _OWN})
describe(TouchpointSpan, {"stage": _OWN, "department": _OWN})
describe(
    Walkthrough,
    {
        "shopper": staff("a mystery shopper, hired by the brand"),
        "note": _NOTED,
        "recorded_by": staff("who recorded it"),
    },
)
describe(WalkthroughScore, {"note": _NOTED})
describe(StageVisit, {"stage_key": _OWN}, about="customer")
describe(JourneyProgress, {"stage_key": _OWN}, about="customer")
describe(StageMark, {}, about="customer_id")
describe(PromiseOutcome, {}, about="customer")
describe(PromiseStatement, {"note": TEXT, "recorded_by": staff("who said it")}, about="customer", active="recorded_at")
describe(Friction, {"title": _OWN, "assignee": staff("whose task it is")})
describe(
    FrictionChange, {"note": mentioning("why it was decided, of a touchpoint"), "actor_name": staff("who decided")}
)

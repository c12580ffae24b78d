"""TOUCHPOINT_SLO: the share of what customers went through that took no longer than it should."""

from apps.metrics.definitions.facts.touchpoint_event import TOUCHPOINT_EVENT
from apps.metrics.definitions.metric import Answer, Example, Metric
from apps.metrics.definitions.parts import Component, Reason, rate
from apps.metrics.definitions.vocabulary import Direction, Family, Unit

_TIMED = "f.duration_ms IS NOT NULL AND f.slo_ms IS NOT NULL"
TIMED = Component("touchpoint_slo.timed", _TIMED)
KEPT = Component("touchpoint_slo.kept", f"{_TIMED} AND f.duration_ms <= f.slo_ms")
UNTIMED = Component(
    "touchpoint_slo.untimed",
    f"({_TIMED}) IS NOT TRUE",
    reasons=(
        Reason("No journey in force then had a service level for the touchpoint.", "f.slo_ms IS NULL"),
        Reason("How long it took is not known."),
    ),
)
_LEVEL = "2000-01-01T00:00Z=30000"
_RAISED = "2000-01-01T00:00Z=30000;2026-03-02T10:00Z=20000"


def _at(at: str, duration_ms: int | None, levels: str | None = _LEVEL) -> dict[str, str | float | None]:
    return {
        "occurred_at": f"2026-03-02T{at}Z", "touchpoint": "checkout", "customer": "ann", "duration_ms": duration_ms,
        "levels": levels,
    }  # fmt: skip


TOUCHPOINT_SLO = Metric(
    key="TOUCHPOINT_SLO",
    version=1,
    name="Touchpoint service level",
    family=Family.EXPERIENCE,
    unit=Unit.FRACTION,
    direction=Direction.HIGHER_IS_BETTER,
    description="Share of what customers went through at touchpoints that took no longer than the service level there:"
    " that of the version of the journey in force when it happened. Left out is what nobody timed, and what happened"
    " where no service level was in force.",
    formula="touchpoint events within the service level / touchpoint events timed under one",
    source="Service levels as Google's Site Reliability Engineering has them: good events / valid events.",
    fact=TOUCHPOINT_EVENT,
    variants=(rate("WITHIN_LEVEL", "It took as long as the service level at most.", KEPT, TIMED, UNTIMED),),
    examples=(
        Example(
            "On the dot is kept, a millisecond more is not; one was not timed",
            (_at("09:00", 30_000), _at("09:01", 30_001), _at("09:02", 100), _at("09:03", None)),
            {"WITHIN_LEVEL": Answer(2 / 3, 2, 3, 3)},
        ),
        Example(
            "The level that is in force from 10:00 on counts from 10:00 on",
            (_at("09:59", 25_000, _RAISED), _at("10:00", 25_000, _RAISED), _at("10:01", 20_000, _RAISED)),
            {"WITHIN_LEVEL": Answer(2 / 3, 2, 3, 3)},
        ),
        Example(
            "Before any level was in force there is none to keep",
            (_at("09:00", 1, "2026-03-02T10:00Z=20000"),),
            {"WITHIN_LEVEL": Answer(None, 0, 0, 0)},
        ),
    ),
)

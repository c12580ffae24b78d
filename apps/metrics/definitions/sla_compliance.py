"""SLA_COMPLIANCE: the share of what was promised that was kept."""

from apps.metrics.definitions.facts.sla import SLA
from apps.metrics.definitions.metric import Answer, Example, Metric
from apps.metrics.definitions.parts import Component, Parameter, Reason, Variant, rate
from apps.metrics.definitions.vocabulary import Direction, Family, Unit

# How large a part of its target a narrow miss is at most.
NARROW = 0.1
_KEPT = "f.ended_at IS NOT NULL AND (f.due_at IS NULL OR f.ended_at <= f.due_at)"
_BROKEN = "f.due_at < coalesce(f.ended_at, now())"
_OPEN = f"f.ended_at IS NULL AND ({_BROKEN}) IS NOT TRUE"


def _of(key: str, description: str, measure: str | None = None) -> Variant:
    name = "sla" if measure is None else f"sla.{measure.lower()}"
    only = "" if measure is None else f"f.measure = '{measure}' AND "
    judged = Component(f"{name}.judged", f"{only}(({_KEPT}) OR ({_BROKEN}) IS TRUE)")
    running = Component(
        f"{name}.running",
        f"{only}{_OPEN}",
        reasons=(
            Reason("It is paused: the customer is waited for.", "f.due_at IS NULL"),
            Reason("It has not ended and is not yet due."),
        ),
    )
    return rate(key, description, Component(f"{name}.kept", f"{only}{_KEPT}"), judged, running)


_ENDED_LATE = "f.due_at < f.ended_at AND f.late_seconds IS NOT NULL"
LATE = Component("sla.late", _ENDED_LATE, elaborate=True)
NARROWLY_LATE = Component(
    "sla.narrowly_late", f"{_ENDED_LATE} AND f.late_seconds <= {NARROW} * f.target_seconds", elaborate=True
)
LATE_BY_UNKNOWN = Component(
    "sla.late_by_unknown",
    f"({_BROKEN}) AND (f.ended_at IS NULL OR f.late_seconds IS NULL)",
    elaborate=True,
    reasons=(
        Reason("It runs past due: by how much it will be missed is not known yet.", "f.ended_at IS NULL"),
        Reason("By how much open time it was missed lies beyond the years for which its calendar is written down."),
    ),
)

SLA_COMPLIANCE = Metric(
    key="SLA_COMPLIANCE",
    version=1,
    name="SLA compliance",
    family=Family.SERVICE,
    unit=Unit.FRACTION,
    direction=Direction.HIGHER_IS_BETTER,
    description="Share of the service-level targets that were kept, of those that are settled: ended, or past due. One"
    " that still runs and is not yet due is left out; one that is past due is broken, ended or not, and whether or not"
    " anybody looked. Counted by the moment a target's clock started. A contact may have several.",
    formula="kept / (kept + broken)",
    source="Zendesk, SLA policies and their metrics; first and total resolution as Plain has them.",
    fact=SLA,
    variants=(
        _of("ALL_TARGETS", "Targets of every measure."),
        _of("FIRST_REPLY", "Targets of the first reply.", "FIRST_REPLY"),
        _of("NEXT_REPLY", "Targets of the replies after the first.", "NEXT_REPLY"),
        _of("PERIODIC_UPDATE", "Targets of updates from reply to reply.", "PERIODIC_UPDATE"),
        _of("FIRST_RESOLUTION", "Targets of the first resolution.", "FIRST_RESOLUTION"),
        _of("TOTAL_RESOLUTION", "Targets of the last resolution.", "TOTAL_RESOLUTION"),
        rate(
            "NARROWLY_BROKEN",
            "Of the targets that ended late, the share that missed by at most a tenth of the target's time, as its"
            " clock goes.",
            NARROWLY_LATE,
            LATE,
            LATE_BY_UNKNOWN,
        ),
    ),
    parameters=(Parameter("narrow_share", NARROW, "of the target", "a miss by up to this is a narrow one"),),
    examples=(
        Example(
            "Kept to the second, a second late, and long past due without an end",
            (
                {
                    "opened_at": "2026-03-02T09:00Z", "promised": "FIRST_REPLY", "due_at": "2026-03-02T10:00Z",
                    "ended_at": "2026-03-02T10:00Z",
                },
                {
                    "opened_at": "2026-03-02T09:00Z", "promised": "FIRST_REPLY", "due_at": "2026-03-02T10:00Z",
                    "ended_at": "2026-03-02T10:00:01Z",
                },
                {"opened_at": "2026-03-02T09:00Z", "promised": "FIRST_RESOLUTION", "due_at": "2026-03-02T10:00Z"},
            ),
            {
                "ALL_TARGETS": Answer(1 / 3, 1, 3, 3), "FIRST_REPLY": Answer(0.5, 1, 2, 2),
                "FIRST_RESOLUTION": Answer(0.0, 0, 1, 1), "NEXT_REPLY": Answer(None, 0, 0, 0),
                "PERIODIC_UPDATE": Answer(None, 0, 0, 0), "TOTAL_RESOLUTION": Answer(None, 0, 0, 0),
                "NARROWLY_BROKEN": Answer(1.0, 1, 1, 1),
            },
        ),
        Example(
            "Of an hour, six minutes late are a tenth; a second more is no narrow miss",
            tuple(
                {
                    "opened_at": "2026-03-02T09:00Z", "promised": "FIRST_REPLY", "due_at": "2026-03-02T10:00Z",
                    "ended_at": ended_at,
                }
                for ended_at in ("2026-03-02T10:06Z", "2026-03-02T10:06:01Z", "2026-03-02T09:30Z")
            ),
            {
                "ALL_TARGETS": Answer(1 / 3, 1, 3, 3), "FIRST_REPLY": Answer(1 / 3, 1, 3, 3),
                "FIRST_RESOLUTION": Answer(None, 0, 0, 0), "NEXT_REPLY": Answer(None, 0, 0, 0),
                "PERIODIC_UPDATE": Answer(None, 0, 0, 0), "TOTAL_RESOLUTION": Answer(None, 0, 0, 0),
                "NARROWLY_BROKEN": Answer(0.5, 1, 2, 2),
            },
        ),
        Example(
            "Not due for long, paused, and ended while it was paused: the last is kept, the others are not settled",
            (
                {"opened_at": "2026-03-02T09:00Z", "promised": "NEXT_REPLY", "due_at": "2999-01-01T00:00Z"},
                {"opened_at": "2026-03-02T09:00Z", "promised": "TOTAL_RESOLUTION"},
                {"opened_at": "2026-03-02T09:00Z", "promised": "TOTAL_RESOLUTION", "ended_at": "2026-03-09T09:00Z"},
            ),
            {
                "ALL_TARGETS": Answer(1.0, 1, 1, 1), "FIRST_REPLY": Answer(None, 0, 0, 0),
                "FIRST_RESOLUTION": Answer(None, 0, 0, 0), "NEXT_REPLY": Answer(None, 0, 0, 0),
                "PERIODIC_UPDATE": Answer(None, 0, 0, 0), "TOTAL_RESOLUTION": Answer(1.0, 1, 1, 1),
                "NARROWLY_BROKEN": Answer(None, 0, 0, 0),
            },
        ),
    ),
)  # fmt: skip

"""AHT: average handle time."""

from apps.metrics.definitions.contacts import IS_ANSWERED
from apps.metrics.definitions.facts.interaction import INTERACTION
from apps.metrics.definitions.metric import Answer, Example, Metric
from apps.metrics.definitions.parts import Component, Measure, Reason, Variant, mean_of
from apps.metrics.definitions.vocabulary import Direction, Family, Unit

_HANDLED = "f.answered IS NOT FALSE AND NOT f.abandoned"
HANDLE = Measure(
    "handle",
    "f.talk_seconds + coalesce(f.hold_seconds, 0) + coalesce(f.after_call_seconds, 0)",
    f"{_HANDLED} AND f.talk_seconds IS NOT NULL",
)
SEGMENTS = Component("handle.segments", HANDLE.where, "1 + f.transfers")
UNKNOWN = Component(
    "handle.unknown", f"{IS_ANSWERED} AND f.talk_seconds IS NULL", reasons=(Reason("How long it took is unknown."),)
)

AHT = Metric(
    key="AHT",
    version=1,
    name="Average handle time",
    family=Family.SERVICE,
    unit=Unit.SECONDS,
    direction=Direction.LOWER_IS_BETTER,
    description="Talk, hold and after-call work of the interactions whose handle time is known. Unknown"
    " hold or after-call work counts as none; abandoned and unanswered contacts are left out. A short"
    " handle time is worth nothing if customers must call again, so it always comes with the"
    " repeat-contact rate as its guard rail.",
    formula="sum(talk + hold + after-call work) / interactions with a known talk time",
    source="Genesys Cloud, average handle time; Talkdesk counts each transfer as a contact of its own (PER_SEGMENT).",
    fact=INTERACTION,
    variants=(
        mean_of("PER_INTERACTION", "Divided by interactions, however often transferred.", HANDLE, UNKNOWN),
        Variant(
            "PER_SEGMENT",
            "Divided by agents' segments: one and one more for each transfer.",
            HANDLE.sum,
            SEGMENTS,
            excluded=UNKNOWN,
            counted=HANDLE.size,
        ),
    ),
    guard_rail="REPEAT_CONTACT_RATE",
    examples=(
        Example(
            "One call of 100 s, one of 200 s with 30 s hold and 70 s of after-call work and one transfer",
            (
                {"opened_at": "2026-03-02T09:00Z", "answered": True, "talk_seconds": 100},
                {
                    "opened_at": "2026-03-02T10:00Z",
                    "answered": True,
                    "talk_seconds": 200,
                    "hold_seconds": 30,
                    "after_call_seconds": 70,
                    "transfers": 1,
                },
            ),
            {"PER_INTERACTION": Answer(200, 400, 2, 2), "PER_SEGMENT": Answer(400 / 3, 400, 3, 2)},
        ),
        Example(
            "An abandoned call and one with an unknown talk time have no handle time",
            (
                {"opened_at": "2026-03-02T09:00Z", "abandoned": True, "talk_seconds": 5},
                {"opened_at": "2026-03-02T10:00Z", "answered": True},
                {"opened_at": "2026-03-02T11:00Z", "answered": True, "talk_seconds": 0},
            ),
            {"PER_INTERACTION": Answer(0, 0, 1, 1), "PER_SEGMENT": Answer(0, 0, 1, 1)},
        ),
    ),
)

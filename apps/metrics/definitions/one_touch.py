"""ONE_TOUCH: resolved with a single reply of a person."""

from apps.metrics.definitions.facts.interaction import INTERACTION
from apps.metrics.definitions.metric import Answer, Example, Metric
from apps.metrics.definitions.parts import Component, Reason, rate
from apps.metrics.definitions.resolutions import EVER_RESOLVED, IS_REOPENED
from apps.metrics.definitions.vocabulary import Direction, Family, Unit

_RESOLVED = f"NOT f.abandoned AND {EVER_RESOLVED}"
# Who speaks with an agent was replied to, once.
_IS_SPOKEN = "f.channel IN ('PHONE', 'IN_PERSON') AND f.answered IS TRUE"
REPLIES = f"CASE WHEN f.handled_by = 'BOT' THEN 0 WHEN {_IS_SPOKEN} THEN 1 + f.transfers ELSE f.human_replies END"

RESOLVED = Component("one_touch.resolved", f"{_RESOLVED} AND ({REPLIES}) IS NOT NULL")
ONE_REPLY = Component("one_touch.one_reply", f"{_RESOLVED} AND ({REPLIES}) = 1 AND ({IS_REOPENED}) IS NOT TRUE")
UNKNOWN = Component(
    "one_touch.unknown",
    f"{_RESOLVED} AND ({REPLIES}) IS NULL",
    reasons=(Reason("How many replies it took is unknown."),),
)

ONE_TOUCH = Metric(
    key="ONE_TOUCH",
    version=1,
    name="One-touch resolution",
    family=Family.SERVICE,
    unit=Unit.FRACTION,
    direction=Direction.HIGHER_IS_BETTER,
    description="Share of resolved contacts that took exactly one reply of a person and were never opened again. A"
    " conversation with one agent is one reply, each transfer one more; what a bot resolved by itself took none and is"
    " no such contact. One that is opened again fails afterwards. Where the number of replies is unknown, it is left"
    " out. Unlike FCR_REPEAT it does not see whether the customer came back with the same matter.",
    formula="resolved with exactly one reply of a person and not opened again / resolved",
    source="Zendesk, one-touch tickets (the older text: exactly one reply; the newer one also counts none).",
    fact=INTERACTION,
    variants=(rate("ONE_REPLY", "Exactly one reply, never opened again.", ONE_REPLY, RESOLVED, UNKNOWN),),
    guard_rail="REPEAT_CONTACT_RATE",
    examples=(
        Example(
            "One call resolves it; one is handed on; one is opened again; a bot's took no reply of a person",
            (
                {"opened_at": "2026-03-02T09:00Z", "answered": True, "resolved_at": "2026-03-02T09:05Z"},
                {
                    "opened_at": "2026-03-02T10:00Z",
                    "answered": True,
                    "resolved_at": "2026-03-02T10:05Z",
                    "transfers": 1,
                },
                {
                    "opened_at": "2026-03-02T11:00Z",
                    "answered": True,
                    "resolved_at": "2026-03-02T11:05Z",
                    "reopened_at": "2026-03-03T09:00Z",
                },
                {
                    "opened_at": "2026-03-02T12:00Z",
                    "channel": "CHAT",
                    "handled_by": "BOT",
                    "resolved_at": "2026-03-02T12:05Z",
                },
            ),
            {"ONE_REPLY": Answer(0.25, 1, 4, 4)},
        ),
        Example(
            "What is not resolved does not count, nor an e-mail of which the replies were not counted",
            (
                {"opened_at": "2026-03-02T09:00Z", "answered": True},
                {"opened_at": "2026-03-02T10:00Z", "channel": "EMAIL", "resolved_at": "2026-03-02T12:00Z"},
            ),
            {"ONE_REPLY": Answer(None, 0, 0, 0)},
        ),
        Example(
            "Mails of which the replies were counted: none, one and two",
            tuple(
                {
                    "opened_at": f"2026-03-02T1{replies}:00Z",
                    "channel": "EMAIL",
                    "resolved_at": "2026-03-02T17:00Z",
                    "human_replies": replies,
                }
                for replies in range(3)
            ),
            {"ONE_REPLY": Answer(1 / 3, 1, 3, 3)},
        ),
    ),
)

"""RESPONSE_RATE: the share of those asked who answer."""

from apps.metrics.definitions.facts.invitation import INVITATION, OPEN_DAYS
from apps.metrics.definitions.metric import Answer, Cell, Example, Metric
from apps.metrics.definitions.parts import Component, Parameter, Reason, rate
from apps.metrics.definitions.vocabulary import Direction, Family, Unit

DELIVERED = Component("invitation.delivered", "f.ripe AND NOT f.bounced")
ANSWERED = Component("invitation.answered", "f.ripe AND NOT f.bounced AND f.answered")
LEFT_OUT = Component(
    "invitation.left_out",
    "f.bounced OR NOT f.ripe",
    reasons=(
        Reason("It bounced: it reached nobody.", "f.bounced"),
        Reason("It may still be answered: its own time for that is longer, and is not over."),
    ),
)

_SENT: dict[str, Cell] = {"invited_at": "2026-03-02T09:00Z"}

RESPONSE_RATE = Metric(
    key="RESPONSE_RATE",
    version=1,
    name="Response rate",
    family=Family.EXPERIENCE,
    unit=Unit.FRACTION,
    direction=Direction.HIGHER_IS_BETTER,
    description="Share of the invitations delivered that were answered while they were open, by the day they were sent:"
    " so that those sent last do not look as if nobody wanted to answer. Delivered is what was sent and did not bounce,"
    " whether or not somebody confirms it. Answering the first scored question is enough; an answer that comes too late"
    " is none. A day counts once all of it could be answered.",
    formula="answered while open / (sent - bounced)",
    source="AAPOR, Standard Definitions, RR2 (partial answers count, undeliverable invitations do not);"
    " Chatwoot issue 2653: 14 days.",
    fact=INVITATION,
    variants=(rate("DELIVERED", "Of all that did not bounce.", ANSWERED, DELIVERED, LEFT_OUT),),
    parameters=(Parameter("open_days", OPEN_DAYS, "days", "how long an invitation may be answered that does not say"),),
    examples=(
        Example(
            "One answered, one answered in part, one not, one too late, one bounced",
            (
                {**_SENT, "first_answer_at": "2026-03-05T09:00Z"},
                {**_SENT, "in_part_at": "2026-03-16T09:00Z"},
                _SENT,
                {**_SENT, "first_answer_at": "2026-03-05T09:00:01Z", "closes_at": "2026-03-05T09:00Z"},
                {**_SENT, "bounced": True},
            ),
            {"DELIVERED": Answer(0.5, 2, 4, 4)},
        ),
        Example(
            "Nothing arrived",
            ({**_SENT, "bounced": True},),
            {"DELIVERED": Answer(None, 0, 0, 0)},
        ),
    ),
)

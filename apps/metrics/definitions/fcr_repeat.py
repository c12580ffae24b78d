"""FCR_REPEAT: first contact resolution, seen from whether the customer had to come back."""

from apps.metrics.definitions.facts.repeat import REPEAT, WINDOW
from apps.metrics.definitions.metric import Answer, Example, Metric
from apps.metrics.definitions.neighbours import FIRST, FIRST_RESOLVED, UNIDENTIFIED
from apps.metrics.definitions.parts import rate
from apps.metrics.definitions.vocabulary import Direction, Family, Unit

FCR_REPEAT = Metric(
    key="FCR_REPEAT",
    version=2,
    name="First contact resolution (no repeat)",
    family=Family.SERVICE,
    unit=Unit.FRACTION,
    direction=Direction.HIGHER_IS_BETTER,
    description="Share of first contacts that were the only one: no further inbound contact of the same"
    " customer on the same reason, through any channel, within seven days, and not opened again within"
    " them: one that is fails afterwards. First means none in the seven days before. Abandoned, unanswered"
    " and outbound contacts do not count, neither as first nor as further ones; a transfer within a contact"
    " is no failure. Contacts without a customer or a reason, and days whose seven days have not passed"
    " yet, are left out.",
    formula="first contacts with no further contact and not opened again within 7 x 24 h / first contacts",
    source="SQM Group, FCR metric operating philosophy; Call Centre Helper, First Contact Resolution.",
    fact=REPEAT,
    variants=(rate("SEVEN_DAYS", "Within seven days.", FIRST_RESOLVED, FIRST, UNIDENTIFIED),),
    parameters=(WINDOW,),
    examples=(
        Example(
            "Ana's first call failed, her second is not a first one; Ben needed one call only",
            (
                {"opened_at": "2026-03-02T09:00Z", "customer": "ana", "reason": "Refund"},
                {"opened_at": "2026-03-05T09:00Z", "customer": "ana", "reason": "Refund"},
                {"opened_at": "2026-03-06T09:00Z", "customer": "ben", "reason": "Refund"},
                {"opened_at": "2026-04-20T09:00Z"},
            ),
            {"SEVEN_DAYS": Answer(0.5, 1, 2, 2)},
        ),
        Example(
            "Opened again on the seventh day it fails, on the ninth it does not",
            (
                {
                    "opened_at": "2026-03-02T09:00Z",
                    "customer": "ana",
                    "reason": "Refund",
                    "reopened_at": "2026-03-09T09:00Z",
                },
                {
                    "opened_at": "2026-03-02T09:00Z",
                    "customer": "ben",
                    "reason": "Refund",
                    "reopened_at": "2026-03-10T09:00Z",
                },
                {"opened_at": "2026-04-20T09:00Z"},
            ),
            {"SEVEN_DAYS": Answer(0.5, 1, 2, 2)},
        ),
        Example(
            "An abandoned call between does not undo a resolution; ten days later is a new first contact",
            (
                {"opened_at": "2026-03-02T09:00Z", "customer": "ana", "reason": "Refund"},
                {
                    "opened_at": "2026-03-03T09:00Z",
                    "customer": "ana",
                    "reason": "Refund",
                    "answered": False,
                    "abandoned": True,
                },
                {"opened_at": "2026-03-12T09:00Z", "customer": "ana", "reason": "Refund"},
                {"opened_at": "2026-04-20T09:00Z"},
            ),
            {"SEVEN_DAYS": Answer(1.0, 2, 2, 2)},
        ),
    ),
)

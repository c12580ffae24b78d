"""REPEAT_CONTACT_RATE: how often a contact is followed by another on the same reason."""

from apps.metrics.definitions.facts.repeat import REPEAT, WINDOW
from apps.metrics.definitions.metric import Answer, Example, Metric
from apps.metrics.definitions.neighbours import CONTACTS, REPEATED, UNIDENTIFIED
from apps.metrics.definitions.parts import rate
from apps.metrics.definitions.vocabulary import Direction, Family, Unit

REPEAT_CONTACT_RATE = Metric(
    key="REPEAT_CONTACT_RATE",
    version=1,
    name="Repeat-contact rate",
    family=Family.SERVICE,
    unit=Unit.FRACTION,
    direction=Direction.LOWER_IS_BETTER,
    description="Share of inbound contacts that the same customer follows with another on the same reason,"
    " through any channel, within seven days. Contacts that were abandoned or not answered are left out: they"
    " neither repeat nor are repeated. Contacts without a customer or a reason cannot be judged and are left"
    " out; days whose seven days have not passed yet are left out as well, and make the number"
    " provisional.",
    formula="contacts followed by another within 7 x 24 h / contacts",
    source="Internal practice of contact centres; the repeat window follows Call Centre Helper, First Contact"
    " Resolution.",
    fact=REPEAT,
    variants=(rate("SEVEN_DAYS", "Within seven days.", REPEATED, CONTACTS, UNIDENTIFIED),),
    parameters=(WINDOW,),
    examples=(
        Example(
            "Ana calls twice about her refund, Ben once; Ana's other reason is no repeat",
            (
                {"opened_at": "2026-03-02T09:00Z", "customer": "ana", "reason": "Refund"},
                {"opened_at": "2026-03-05T09:00Z", "customer": "ana", "reason": "Refund", "channel": "EMAIL"},
                {"opened_at": "2026-03-06T09:00Z", "customer": "ana", "reason": "Login"},
                {"opened_at": "2026-03-06T09:00Z", "customer": "ben", "reason": "Refund"},
                {"opened_at": "2026-04-20T09:00Z"},
            ),
            {"SEVEN_DAYS": Answer(0.25, 1, 4, 4)},
        ),
        Example(
            "Exactly seven days is a repeat, a second more is not; without a customer nobody knows",
            (
                {"opened_at": "2026-03-02T09:00Z", "customer": "ana", "reason": "Refund"},
                {"opened_at": "2026-03-09T09:00Z", "customer": "ana", "reason": "Refund"},
                {"opened_at": "2026-03-16T09:00:01Z", "customer": "ana", "reason": "Refund"},
                {"opened_at": "2026-03-10T09:00Z", "reason": "Refund"},
                {"opened_at": "2026-04-20T09:00Z"},
            ),
            {"SEVEN_DAYS": Answer(1 / 3, 1, 3, 3)},
        ),
    ),
)

"""FIRST_RESPONSE_TIME: how long a customer waited for the first reply."""

from apps.metrics.definitions.facts.interaction import INTERACTION
from apps.metrics.definitions.metric import Answer, Example, Metric
from apps.metrics.definitions.open_time import in_open_time, unknown_in_open_time
from apps.metrics.definitions.parts import Component, Measure, Reason, mean_of
from apps.metrics.definitions.replies import FIRST_HUMAN_RESPONSE_AT
from apps.metrics.definitions.vocabulary import Direction, Family, Unit

_ANY = "f.direction = 'INBOUND' AND f.first_response_at >= f.opened_at"
_HUMAN = f"f.direction = 'INBOUND' AND {FIRST_HUMAN_RESPONSE_AT} >= f.opened_at"

HUMAN = Measure("first_response_human", f"extract(epoch FROM {FIRST_HUMAN_RESPONSE_AT} - f.opened_at)", _HUMAN)
ANY = Measure("first_response_any", "extract(epoch FROM f.first_response_at - f.opened_at)", _ANY)
_WAITING = (Reason("It has no reply yet."),)
HUMAN_UNKNOWN = Component(
    "first_response_human.unknown",
    f"f.direction = 'INBOUND' AND f.handled_by = 'HUMAN' AND {FIRST_HUMAN_RESPONSE_AT} IS NULL",
    reasons=_WAITING,
)
ANY_UNKNOWN = Component(
    "first_response_any.unknown", "f.direction = 'INBOUND' AND f.first_response_at IS NULL", reasons=_WAITING
)

HUMAN_OPEN, ANY_OPEN = in_open_time(HUMAN, "business_human_response"), in_open_time(ANY, "business_response")
HUMAN_OPEN_UNKNOWN = unknown_in_open_time(HUMAN, "business_human_response", HUMAN_UNKNOWN)
ANY_OPEN_UNKNOWN = unknown_in_open_time(ANY, "business_response", ANY_UNKNOWN)

FIRST_RESPONSE_TIME = Metric(
    key="FIRST_RESPONSE_TIME",
    version=2,
    name="First response time",
    family=Family.SERVICE,
    unit=Unit.SECONDS,
    direction=Direction.LOWER_IS_BETTER,
    description="Time from an inbound contact to its first reply, by the clock on the wall, or in the"
    " open time of the calendar of its queue, of all versions that held meanwhile. A bot's reply does not stop the"
    " clock of the default variant. Contacts with no reply yet are left out until they have one.",
    formula="sum(first reply - opened) / inbound contacts with a reply",
    source="Zendesk, first reply time; Plain, first response time.",
    fact=INTERACTION,
    variants=(
        mean_of("HUMAN_CALENDAR", "Contacts handled by people, calendar time.", HUMAN, HUMAN_UNKNOWN),
        mean_of("HUMAN_BUSINESS", "Contacts handled by people, open time.", HUMAN_OPEN, HUMAN_OPEN_UNKNOWN),
        mean_of("ANY_CALENDAR", "Replies of people and bots alike, calendar time.", ANY, ANY_UNKNOWN),
        mean_of("ANY_BUSINESS", "Replies of people and bots alike, open time.", ANY_OPEN, ANY_OPEN_UNKNOWN),
    ),
    guard_rail="REPEAT_CONTACT_RATE",
    examples=(
        Example(
            "Ana waits 10 minutes, Ben 20; the bot answers in a second",
            (
                {"opened_at": "2026-03-02T09:00Z", "first_response_at": "2026-03-02T09:10Z"},
                {"opened_at": "2026-03-02T10:00Z", "first_response_at": "2026-03-02T10:20Z"},
                {
                    "opened_at": "2026-03-02T11:00Z",
                    "first_response_at": "2026-03-02T11:00:01Z",
                    "handled_by": "BOT",
                },
            ),
            {
                "HUMAN_CALENDAR": Answer(900, 1800, 2, 2),
                "HUMAN_BUSINESS": Answer(900, 1800, 2, 2),
                "ANY_CALENDAR": Answer(1801 / 3, 1801, 3, 3),
                "ANY_BUSINESS": Answer(1801 / 3, 1801, 3, 3),
            },
            open_hours="09:00-17:00",
        ),
        Example(
            "Where events tell it: a bot replies after a minute, a person after ten",
            (
                {
                    "opened_at": "2026-03-02T09:00Z",
                    "first_response_at": "2026-03-02T09:01Z",
                    "first_human_response_at": "2026-03-02T09:10Z",
                    "timing_source": "EVENTS",
                },
            ),
            {
                "HUMAN_CALENDAR": Answer(600, 600, 1, 1),
                "HUMAN_BUSINESS": Answer(600, 600, 1, 1),
                "ANY_CALENDAR": Answer(60, 60, 1, 1),
                "ANY_BUSINESS": Answer(60, 60, 1, 1),
            },
            open_hours="09:00-17:00",
        ),
        Example(
            "Our own call and a contact without a reply have no response time",
            (
                {
                    "opened_at": "2026-03-02T09:00Z",
                    "first_response_at": "2026-03-02T09:10Z",
                    "direction": "OUTBOUND",
                },
                {"opened_at": "2026-03-02T10:00Z"},
            ),
            {
                "HUMAN_CALENDAR": Answer(None, 0, 0, 0),
                "HUMAN_BUSINESS": Answer(None, 0, 0, 0),
                "ANY_CALENDAR": Answer(None, 0, 0, 0),
                "ANY_BUSINESS": Answer(None, 0, 0, 0),
            },
            open_hours="09:00-17:00",
        ),
        Example(
            "Written on Friday at 16:30, answered on Monday at 09:30: an hour while somebody was there to answer",
            ({"opened_at": "2026-03-06T16:30Z", "first_response_at": "2026-03-09T09:30Z"},),
            {
                "HUMAN_CALENDAR": Answer(234_000, 234_000, 1, 1),
                "HUMAN_BUSINESS": Answer(3600, 3600, 1, 1),
                "ANY_CALENDAR": Answer(234_000, 234_000, 1, 1),
                "ANY_BUSINESS": Answer(3600, 3600, 1, 1),
            },
            open_hours="09:00-17:00",
        ),
        Example(
            "Without a calendar nobody knows when it was open",
            ({"opened_at": "2026-03-06T16:30Z", "first_response_at": "2026-03-06T16:40Z"},),
            {
                "HUMAN_CALENDAR": Answer(600, 600, 1, 1),
                "HUMAN_BUSINESS": Answer(None, 0, 0, 0),
                "ANY_CALENDAR": Answer(600, 600, 1, 1),
                "ANY_BUSINESS": Answer(None, 0, 0, 0),
            },
        ),
    ),
)

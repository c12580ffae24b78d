"""CONTAINMENT: how often a bot leaves nothing for a person to do."""

from apps.metrics.definitions.facts.bot_contact import BOT_CONTACT, HOURS
from apps.metrics.definitions.metric import Answer, Example, Metric
from apps.metrics.definitions.parts import Component, Parameter, Reason, rate
from apps.metrics.definitions.vocabulary import Direction, Family, Unit

_JUDGED = "(f.customer_id IS NOT NULL OR f.handed_on IS TRUE)"
KNOWN = Component("bot.known", _JUDGED)
CONTAINED = Component("bot.contained", f"{_JUDGED} AND f.handed_on IS NOT TRUE AND NOT f.person_needed")
UNKNOWN = Component(
    "bot.unknown",
    f"NOT {_JUDGED}",
    reasons=(Reason("Its customer is unknown, and so whether a person was needed."),),
)

CONTAINMENT = Metric(
    key="CONTAINMENT",
    version=1,
    name="Containment",
    family=Family.SERVICE,
    unit=Unit.FRACTION,
    direction=Direction.HIGHER_IS_BETTER,
    description=f"Share of the contacts begun with a bot whose customer did not come to a person within {HOURS} hours,"
    " neither in the contact nor, through any channel and on any matter, in another: a conversation that ends is not"
    " contained if the customer then calls. Contacts without a known customer that the bot did not hand on cannot be"
    " judged and are left out, and so are abandoned ones. An imported row tells by handled_by alone that a bot took it;"
    " what was handed on is known of events.",
    formula=f"begun with a bot and no person within {HOURS} h / begun with a bot",
    source="Containment as vendors of bots define it is whatever does not end with a hand-over, also what is given up.",
    fact=BOT_CONTACT,
    variants=(rate("NO_PERSON", f"No person within {HOURS} hours.", CONTAINED, KNOWN, UNKNOWN),),
    parameters=(Parameter("window_hours", HOURS, "hours", "how soon a person must not have been needed"),),
    examples=(
        Example(
            "Ana's question is answered; Ben calls the next morning, Cleo a day and a second later",
            (
                {"opened_at": "2026-03-02T09:00Z", "channel": "CHAT", "handled_by": "BOT", "customer": "ana"},
                {"opened_at": "2026-03-02T09:00Z", "channel": "CHAT", "handled_by": "BOT", "customer": "ben"},
                {"opened_at": "2026-03-03T08:00Z", "customer": "ben"},
                {"opened_at": "2026-03-02T09:00Z", "channel": "CHAT", "handled_by": "BOT", "customer": "cleo"},
                {"opened_at": "2026-03-03T09:00:01Z", "customer": "cleo"},
                {"opened_at": "2026-04-20T09:00Z"},
            ),
            {"NO_PERSON": Answer(2 / 3, 2, 3, 3)},
        ),
        Example(
            "Of somebody unknown nobody can tell; who gave up is not contained but left out; our own call is no sign",
            (
                {"opened_at": "2026-03-02T09:00Z", "channel": "CHAT", "handled_by": "BOT"},
                {
                    "opened_at": "2026-03-02T09:00Z",
                    "channel": "CHAT",
                    "handled_by": "BOT",
                    "customer": "ana",
                    "abandoned": True,
                },
                {"opened_at": "2026-03-02T09:00Z", "channel": "CHAT", "handled_by": "BOT", "customer": "ben"},
                {"opened_at": "2026-03-02T10:00Z", "customer": "ben", "direction": "OUTBOUND"},
                {"opened_at": "2026-04-20T09:00Z"},
            ),
            {"NO_PERSON": Answer(1.0, 1, 1, 1)},
        ),
        Example(
            "Handed on within the day, or only after it",
            (
                {
                    "opened_at": "2026-03-02T09:00Z",
                    "channel": "CHAT",
                    "bot_handed_off_at": "2026-03-02T09:05Z",
                    "timing_source": "EVENTS",
                },
                {
                    "opened_at": "2026-03-02T09:00Z",
                    "channel": "CHAT",
                    "customer": "ana",
                    "bot_handed_off_at": "2026-03-03T09:05Z",
                    "timing_source": "EVENTS",
                },
                {"opened_at": "2026-04-20T09:00Z"},
            ),
            {"NO_PERSON": Answer(0.5, 1, 2, 2)},
        ),
    ),
)

"""TRANSFER_RATE: how often an answered contact is handed on."""

from apps.metrics.definitions.contacts import IS_ANSWERED
from apps.metrics.definitions.facts.interaction import INTERACTION
from apps.metrics.definitions.metric import Answer, Example, Metric
from apps.metrics.definitions.parts import Component, Measure, Reason, Variant, rate
from apps.metrics.definitions.vocabulary import Direction, Family, Method, Unit

TRANSFERS = Measure("transfers", "f.transfers", IS_ANSWERED)
TRANSFERRED = Component("transferred", f"{IS_ANSWERED} AND f.transfers > 0")
UNKNOWN = Component(
    "transfers.unknown",
    "f.answered IS NULL AND NOT f.abandoned",
    reasons=(Reason("Whether it was answered is unknown."),),
)
_KNOWN = f"{IS_ANSWERED} AND f.blind_transfers IS NOT NULL AND f.consult_transfers IS NOT NULL"
KNOWN = Component("transfers.known", _KNOWN)
BLIND = Component("transferred_blind", f"{_KNOWN} AND f.blind_transfers > 0")
CONSULT = Component("transferred_consult", f"{_KNOWN} AND f.consult_transfers > 0")
UNKNOWN_WHICH = Component(
    "transfers.unknown_which",
    f"({UNKNOWN.where}) OR {IS_ANSWERED} AND (f.blind_transfers IS NULL OR f.consult_transfers IS NULL)",
    reasons=(
        Reason("Whether it was answered is unknown.", UNKNOWN.where),
        Reason("In which way it was handed on is unknown: its row tells the number of transfers alone."),
    ),
)

TRANSFER_RATE = Metric(
    key="TRANSFER_RATE",
    version=1,
    name="Transfer rate",
    family=Family.SERVICE,
    unit=Unit.FRACTION,
    direction=Direction.LOWER_IS_BETTER,
    description="Share of answered contacts that were handed on to another agent or queue at least once. One that was"
    " handed on twice is one such contact; how many hand-overs there were to a contact is the variant"
    " PER_INTERACTION. What a bot hands to a person is no transfer.",
    formula="answered contacts with a transfer / answered contacts",
    source="Genesys Cloud, transfer rate; ICMI.",
    fact=INTERACTION,
    variants=(
        rate("TRANSFERRED", "Contacts with a transfer at least, however many.", TRANSFERRED, TRANSFERS.size, UNKNOWN),
        Variant(
            "PER_INTERACTION",
            "Transfers to an answered contact; may be more than 1.",
            TRANSFERS.sum,
            TRANSFERS.size,
            Method.MEAN_T,
            TRANSFERS.components,
            excluded=UNKNOWN,
            unit=Unit.RATIO,
        ),
        rate("BLIND", "Handed on unannounced at least once.", BLIND, KNOWN, UNKNOWN_WHICH),
        rate("CONSULT", "Handed on after asking whom it went to, at least once.", CONSULT, KNOWN, UNKNOWN_WHICH),
    ),
    guard_rail="REPEAT_CONTACT_RATE",
    examples=(
        Example(
            "Of four answered calls one is handed on once, one three times",
            (
                {"opened_at": "2026-03-02T09:00Z", "answered": True},
                {"opened_at": "2026-03-02T10:00Z", "answered": True},
                {"opened_at": "2026-03-02T11:00Z", "answered": True, "transfers": 1},
                {"opened_at": "2026-03-02T12:00Z", "answered": True, "transfers": 3},
            ),
            {
                "TRANSFERRED": Answer(0.5, 2, 4, 4),
                "PER_INTERACTION": Answer(1.0, 4, 4, 4),
                "BLIND": Answer(None, 0, 0, 0),
                "CONSULT": Answer(None, 0, 0, 0),
            },
        ),
        Example(
            "A caller who gave up was not handed on to anybody; of an e-mail nobody says whether it was answered",
            (
                {"opened_at": "2026-03-02T09:00Z", "abandoned": True, "transfers": 1},
                {"opened_at": "2026-03-02T10:00Z", "channel": "EMAIL", "transfers": 1},
                {"opened_at": "2026-03-02T11:00Z", "answered": True},
            ),
            {
                "TRANSFERRED": Answer(0.0, 0, 1, 1),
                "PER_INTERACTION": Answer(0.0, 0, 1, 1),
                "BLIND": Answer(None, 0, 0, 0),
                "CONSULT": Answer(None, 0, 0, 0),
            },
        ),
        Example(
            "Where events tell how: one handed on blindly, one in both ways, one not at all",
            tuple(
                {
                    "opened_at": f"2026-03-02T1{place}:00Z",
                    "answered": True,
                    "transfers": blind + consult,
                    "blind_transfers": blind,
                    "consult_transfers": consult,
                }
                for place, (blind, consult) in enumerate(((1, 0), (1, 2), (0, 0)))
            ),
            {
                "TRANSFERRED": Answer(2 / 3, 2, 3, 3),
                "PER_INTERACTION": Answer(4 / 3, 4, 3, 3),
                "BLIND": Answer(2 / 3, 2, 3, 3),
                "CONSULT": Answer(1 / 3, 1, 3, 3),
            },
        ),
    ),
)

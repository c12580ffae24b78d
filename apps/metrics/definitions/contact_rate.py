"""CONTACT_RATE: how many contacts there are to a customer, or to an order."""

from apps.metrics.definitions.facts.interaction import INTERACTION
from apps.metrics.definitions.metric import Answer, Example, Metric
from apps.metrics.definitions.parts import Component, Exposure, Variant
from apps.metrics.definitions.vocabulary import Direction, Family, Method, Unit

INBOUND = Component("inbound", "f.direction = 'INBOUND'")


def _per(key: str, description: str, exposure: Exposure) -> Variant:
    return Variant(key, description, INBOUND, None, Method.POISSON, (INBOUND,), exposure=exposure)


CONTACT_RATE = Metric(
    key="CONTACT_RATE",
    version=1,
    name="Contact rate",
    family=Family.SERVICE,
    unit=Unit.RATIO,
    direction=Direction.LOWER_IS_BETTER,
    description="Inbound contacts of the window, abandoned ones included, to a customer who was active in it or to an"
    " order made in it. Active is who joined before the window's end (or of whom nobody says when) and had not churned"
    " before its start; orders are purchases, renewals and expansions. Filters and groups by segment and country narrow"
    " both sides; by anything else, such as the reason, only the contacts: the rates of all reasons add up to all."
    " Every contact counts, also of the same customer on the same reason.",
    formula="inbound contacts / customers active in the window",
    source="Contacts per order or per active customer, as shops count them; the interval takes contacts for"
    " Poisson and customers or orders for known.",
    fact=INTERACTION,
    variants=(
        _per("PER_CUSTOMER", "To a customer active in the window.", Exposure.ACTIVE_CUSTOMERS),
        _per("PER_ORDER", "To an order made in the window.", Exposure.ORDERS),
    ),
    examples=(
        Example(
            "Ana contacts twice, Ben never; Cleo joins later, Dan has left before: three contacts to two",
            (
                {"opened_at": "2026-03-02T09:00Z", "customer": "ana"},
                {"opened_at": "2026-03-03T09:00Z", "customer": "ana"},
                {"opened_at": "2026-03-04T09:00Z"},
                {"opened_at": "2026-03-04T09:00Z", "customer": "ben", "direction": "OUTBOUND"},
                {"joined_at": "2026-04-01T00:00Z", "external_id": "cleo"},
                {"joined_at": "2026-01-01T00:00Z", "churned_at": "2026-02-28T23:00Z", "external_id": "dan"},
                {"ordered_at": "2026-03-05T09:00Z", "customer": "ben"},
                {"ordered_at": "2026-03-06T09:00Z", "customer": "ben", "kind": "REFUND"},
                {"ordered_at": "2026-04-06T09:00Z", "customer": "ben"},
            ),
            {"PER_CUSTOMER": Answer(1.5, 3, 2, 3), "PER_ORDER": Answer(3.0, 3, 1, 3)},
        ),
        Example(
            "No contact at all is a rate of 0 as long as there are customers; without orders there is none",
            ({"joined_at": "2026-01-01T00:00Z", "external_id": "ana"},),
            {"PER_CUSTOMER": Answer(0.0, 0, 1, 0), "PER_ORDER": Answer(None, 0, 0, 0)},
        ),
    ),
)

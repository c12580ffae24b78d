"""CLV_HISTORIC: what customers have been worth so far."""

from apps.metrics.definitions.facts.lifetime import LIFETIME
from apps.metrics.definitions.metric import Answer, Example, Metric
from apps.metrics.definitions.parts import Component, Measure, Reason, Variant, mean_of
from apps.metrics.definitions.vocabulary import Direction, Family, Unit

_WORTH = Measure("lifetime", "f.net * %(margin)s", "NOT f.unrated")
_UNRATED = Component(
    "lifetime.unrated",
    "f.unrated",
    reasons=(Reason("It ordered in a currency for which no exchange rate was known on that day."),),
)

CLV_HISTORIC = Metric(
    key="CLV_HISTORIC",
    version=1,
    name="Customer lifetime value to date",
    family=Family.FINANCIAL,
    unit=Unit.MONEY,
    direction=Direction.HIGHER_IS_BETTER,
    description="What customers have brought in from their first order to the end of the window, whenever that was:"
    " (what"
    " they bought less what was refunded) x the brand's gross margin, which is 1 until it says otherwise (moneyTerms)."
    " PURCHASE, RENEWAL and EXPANSION are bought; each is worth what its currency was on its day. The window's start"
    " does"
    " not matter.",
    formula="sum of (bought - refunded) x margin / customers who ever ordered",
    source="Revenue less refunds, times the margin, to date.",
    fact=LIFETIME,
    variants=(
        mean_of("PER_CUSTOMER", "To a customer who has ordered.", _WORTH, _UNRATED),
        Variant("TOTAL", "Of all customers together.", _WORTH.sum, None, excluded=_UNRATED, counted=_WORTH.size),
    ),
    examples=(
        Example(
            "Ana buys for 100 and gets 20 back, Ben's subscription brings 40; what is ordered in April does not"
            " count yet",
            (
                {"ordered_at": "2025-01-05T00:00Z", "customer": "ana", "amount": 100},
                {"ordered_at": "2026-03-05T00:00Z", "customer": "ana", "amount": 20, "kind": "REFUND"},
                {"ordered_at": "2026-03-05T00:00Z", "customer": "ben", "amount": 30, "kind": "RENEWAL"},
                {"ordered_at": "2026-03-06T00:00Z", "customer": "ben", "amount": 10, "kind": "EXPANSION"},
                {"ordered_at": "2026-03-07T00:00Z", "customer": "ben", "amount": 40, "kind": "CANCELLATION"},
                {"ordered_at": "2026-04-05T00:00Z", "customer": "ben", "amount": 500},
            ),
            {"PER_CUSTOMER": Answer(60, 120, 2, 2), "TOTAL": Answer(120, 120, None, 2)},
        ),
        Example(
            "What is in a currency without a rate is left out, and whoever ordered in it",
            (
                {"ordered_at": "2026-01-05T00:00Z", "customer": "ana", "amount": 100},
                {"ordered_at": "2026-01-05T00:00Z", "customer": "ben", "amount": 100},
                {"ordered_at": "2026-02-05T00:00Z", "customer": "ben", "amount": 100, "currency": "CHF"},
            ),
            {"PER_CUSTOMER": Answer(100, 100, 1, 1), "TOTAL": Answer(100, 100, None, 1)},
        ),
    ),
)

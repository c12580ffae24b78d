"""What revenue stood at the start of a span and what became of it, for the three rates of it."""

from apps.metrics.definitions.metric import Answer, Example
from apps.metrics.definitions.parts import Component, Reason, Variant
from apps.metrics.definitions.vocabulary import Method

_NO_RATE = (Reason("It is in a currency for which no exchange rate was known when the window began."),)
_HAD = "f.before > 0 AND NOT f.unrated"
_HAD_SPENT = "f.spent_before > 0 AND NOT f.spent_unrated"
_CUSTOMERS = Component("revenue.customers", _HAD)
_START = Component("revenue.start", _HAD, "f.before")
_UNRATED = Component("revenue.unrated", "f.unrated", reasons=_NO_RATE)
_SPENDERS = Component("revenue.spenders", _HAD_SPENT, elaborate=True)
_SPENT = Component("revenue.spent_before", _HAD_SPENT, "f.spent_before", elaborate=True)
_SPENT_UNRATED = Component("revenue.spent_unrated", "f.spent_unrated", elaborate=True, reasons=_NO_RATE)


def revenue_variants(name: str, of_recurring: str, of_spending: str) -> tuple[Variant, ...]:
    """Return the shares of revenue at the start, of subscriptions and of spending; what is above the line is SQL."""
    return (
        Variant(
            "SUBSCRIPTION",
            "Of the recurring revenue of subscriptions at the start.",
            Component(f"revenue.{name}", _HAD, of_recurring),
            _START,
            Method.BOOTSTRAP,
            excluded=_UNRATED,
            counted=_CUSTOMERS,
        ),
        Variant(
            "SPENDING",
            "Of what customers spent, less refunds, in the span as long before the window.",
            Component(f"revenue.spent_{name}", _HAD_SPENT, of_spending, elaborate=True),
            _SPENT,
            Method.BOOTSTRAP,
            excluded=_SPENT_UNRATED,
            counted=_SPENDERS,
        ),
    )


SOURCE = (
    "Retention of the revenue of the customers at the start, as subscription businesses report it; the interval is a"
    " bootstrap over customers, for one large customer may decide it."
)


def examples(recurring: float, spending: float) -> tuple[Example, ...]:
    """Return the cases that all three rates are told of: what is kept of 400, and of 100."""
    return (
        Example(
            "Four bring in 100 each: one stays, one grows by 50, one shrinks by 30, one leaves; a fifth is new",
            (
                *(
                    {"ordered_at": "2026-01-05T00:00Z", "customer": name, "kind": "RENEWAL", "amount": 100}
                    for name in ("ana", "ben", "cleo", "dan")
                ),
                {"ordered_at": "2026-03-05T00:00Z", "customer": "ana", "kind": "RENEWAL", "amount": 100},
                {"ordered_at": "2026-03-05T00:00Z", "customer": "ben", "kind": "EXPANSION", "amount": 50},
                {"ordered_at": "2026-03-05T00:00Z", "customer": "cleo", "kind": "CONTRACTION", "amount": 30},
                {"ordered_at": "2026-03-05T00:00Z", "customer": "dan", "kind": "CANCELLATION", "amount": 100},
                {"ordered_at": "2026-03-05T00:00Z", "customer": "eve", "kind": "RENEWAL", "amount": 900},
            ),
            {"SUBSCRIPTION": Answer(recurring / 400, recurring, 400, 4), "SPENDING": Answer(None, 0, 0, 0)},
        ),
        Example(
            "One who spent 100 in the span before spends 60 and 10, of which 10 come back; one who spends 50 is new",
            (
                {"ordered_at": "2026-02-05T00:00Z", "customer": "ana", "amount": 100},
                {"ordered_at": "2026-03-05T00:00Z", "customer": "ana", "amount": 60},
                {"ordered_at": "2026-03-06T00:00Z", "customer": "ana", "amount": 10},
                {"ordered_at": "2026-03-07T00:00Z", "customer": "ana", "amount": 10, "kind": "REFUND"},
                {"ordered_at": "2026-03-05T00:00Z", "customer": "ben", "amount": 50},
            ),
            {"SUBSCRIPTION": Answer(None, 0, 0, 0), "SPENDING": Answer(spending / 100, spending, 100, 1)},
        ),
    )

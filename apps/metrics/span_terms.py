"""What is reckoned with beside rows in what becomes of customers: the brand's terms, and its model of purchases.

One of the modules that may write SQL by hand: to have the ORM read two rows takes as long as to make six metrics.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from apps.customers.terms import ONLY, Terms
from cxplatform.tenancy.doors import read

_LATEST = """
    SELECT t.gross_margin, t.monthly_discount, t.inactive_after_gaps, t.least_p_alive,
           f.fitted_at, f.usual_gap_days, f.r, f.alpha, f.a, f.b
    FROM (VALUES (1)) one
    LEFT JOIN customers_moneyterms t ON t.id = %s
    LEFT JOIN (SELECT * FROM metrics_lifetimefit ORDER BY fitted_at DESC LIMIT 1) f ON TRUE
"""


@dataclass(frozen=True, slots=True)
class SpanTerms:
    """As they stood when a field began to be answered; all but `terms` is None before the first model was fitted.

    `bg` are the parameters of the model of who still buys: r, alpha, a and b.
    """

    terms: Terms
    fitted_at: datetime | None
    usual_gap_days: float | None
    bg: Sequence[float | None]


def span_terms() -> SpanTerms:
    """Return those of the open door's brand, in one SELECT."""
    ((*stored, fitted_at, usual_gap_days, r, alpha, a, b),) = read(_LATEST, [ONLY])
    terms = Terms() if stored[0] is None else Terms(*stored)
    return SpanTerms(terms, fitted_at, usual_gap_days, (r, alpha, a, b))

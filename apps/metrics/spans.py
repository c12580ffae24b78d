"""What the sources of spanned facts read beside rows: the spans, the brand's currency and terms, and its model."""

from apps.customers.terms import money_terms
from apps.metrics.asking import Ask
from apps.metrics.lifetime.fits import latest_fit
from apps.metrics.statements import Parameters
from cxplatform.errors import BadInput
from cxplatform.tenancy.doors import current_brand

# A span reads every customer or order there is.
MOST_SPANS = 60


def bound_spans(ask: Ask) -> Parameters:
    """Return the parameters of a spanned fact's source, in two SELECTs; none for any other fact.

    Each bucket is a span of its own. Without a model what hangs on it is unknown.
    """
    if not ask.fact.spanned:
        return {}
    edges, terms, fit = (ask.start, *ask.cuts, ask.end), money_terms(), latest_fit()
    gap = None if fit is None else fit.usual_gap_days
    return {
        "since": list(edges[:-1]),
        "until": list(edges[1:]),
        "currency": current_brand().currency,
        "margin": terms.gross_margin,
        "least_p_alive": terms.least_p_alive,
        "idle_days": None if gap is None else gap * terms.inactive_after_gaps,
        **{f"bg_{name}": None if fit is None else getattr(fit, name) for name in ("r", "alpha", "a", "b")},
    }


def check_spans(ask: Ask) -> None:
    """Check how many spans are asked for. Raises: BadInput, naming the grain."""
    if ask.fact.spanned and len(ask.cuts) >= MOST_SPANS:
        raise BadInput(
            f"A series of what becomes of customers has {MOST_SPANS} buckets at most; take a larger grain.",
            field="grain",
        )

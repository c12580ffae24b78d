"""What the sources of spanned facts read beside rows: the spans, the brand's currency and terms, and its model."""

from apps.metrics.asking import Ask
from apps.metrics.span_terms import span_terms
from apps.metrics.statements import Parameters
from cxplatform.errors import BadInput
from cxplatform.tenancy.doors import current_brand

# A span reads every customer or order there is.
MOST_SPANS = 60


def bound_spans(ask: Ask) -> Parameters:
    """Return the parameters of a spanned fact's source; none for any other fact. One SELECT, unless it has its terms.

    Each bucket is a span of its own. Without a model what hangs on it is unknown.
    """
    if not ask.fact.spanned:
        return {}
    edges, known = (ask.start, *ask.cuts, ask.end), ask.terms or span_terms()
    terms, gap = known.terms, known.usual_gap_days
    return {
        "since": list(edges[:-1]),
        "until": list(edges[1:]),
        "currency": current_brand().currency,
        "margin": terms.gross_margin,
        "least_p_alive": terms.least_p_alive,
        "idle_days": None if gap is None else gap * terms.inactive_after_gaps,
        **{f"bg_{name}": value for name, value in zip(("r", "alpha", "a", "b"), known.bg, strict=True)},
    }


def check_spans(ask: Ask) -> None:
    """Check how many spans are asked for. Raises: BadInput, naming the grain."""
    if ask.fact.spanned and len(ask.cuts) >= MOST_SPANS:
        raise BadInput(
            f"A series of what becomes of customers has {MOST_SPANS} buckets at most; take a larger grain.",
            field="grain",
        )

"""RETENTION_RATE: the share of customers that are kept."""

from apps.metrics.definitions.facts.standing import STANDING
from apps.metrics.definitions.metric import Answer, Example, Metric
from apps.metrics.definitions.standing import kept_variants
from apps.metrics.definitions.vocabulary import Direction, Family, Unit

# No model of purchases has been fitted where the examples are tried.
_NO_MODEL = {"INACTIVE": Answer(None, 0, 0, 0), "P_ALIVE": Answer(None, 0, 0, 0)}

RETENTION_RATE = Metric(
    key="RETENTION_RATE",
    version=1,
    name="Retention rate",
    family=Family.FINANCIAL,
    unit=Unit.FRACTION,
    direction=Direction.HIGHER_IS_BETTER,
    description="Share of those who were customers when the window begins that still are when it ends: (customers at"
    " the end"
    " - new ones) / customers at the start. It is what CHURN_RATE leaves. How many times the usual gap somebody may be"
    " silent, and how likely a customer must still be one, the brand says (moneyTerms).",
    formula="(customers at the end - new ones) / customers at the start",
    source="Lost or kept among those who were customers at the start, as subscription businesses count them; silence as"
    " several times the usual gap between purchases, or the BG/NBD model of Fader, Hardie and Lee (2005), where"
    " there is no"
    " contract.",
    fact=STANDING,
    variants=kept_variants(),
    examples=(
        Example(
            "Of three in February one leaves in March; who joins in March is in neither part; who had left before"
            " neither",
            (
                {"external_id": "ana", "joined_at": "2026-01-05T00:00Z"},
                {"external_id": "ben", "joined_at": "2026-02-05T00:00Z", "churned_at": "2026-03-31T23:59Z"},
                {"external_id": "cleo", "joined_at": "2026-02-28T23:59Z", "churned_at": "2026-04-01T00:00Z"},
                {"external_id": "dan", "joined_at": "2026-03-02T00:00Z", "churned_at": "2026-03-20T00:00Z"},
                {"external_id": "eve", "joined_at": "2026-01-01T00:00Z", "churned_at": "2026-02-20T00:00Z"},
            ),
            {"CONTRACTUAL": Answer(2 / 3, 2, 3, 3), **_NO_MODEL},
        ),
        Example(
            "A contract that is cancelled is lost unless there is an order again; a first order says since when",
            (
                {"ordered_at": "2026-01-05T00:00Z", "customer": "ana", "kind": "RENEWAL"},
                {"ordered_at": "2026-03-05T00:00Z", "customer": "ana", "kind": "CANCELLATION"},
                {"ordered_at": "2026-01-05T00:00Z", "customer": "ben", "kind": "RENEWAL"},
                {"ordered_at": "2026-03-05T00:00Z", "customer": "ben", "kind": "CANCELLATION"},
                {"ordered_at": "2026-03-06T00:00Z", "customer": "ben"},
                {"ordered_at": "2026-01-05T00:00Z", "customer": "cleo"},
                {"ordered_at": "2026-03-07T00:00Z", "customer": "dan"},
                {"opened_at": "2026-03-02T09:00Z", "customer": "eve"},
            ),
            {"CONTRACTUAL": Answer(2 / 3, 2, 3, 3), **_NO_MODEL},
        ),
    ),
)

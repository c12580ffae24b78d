"""EXPANSION_RATE: how much the customers there were grew."""

from apps.metrics.definitions.facts.revenue import REVENUE
from apps.metrics.definitions.metric import Metric
from apps.metrics.definitions.recurring import SOURCE, examples, revenue_variants
from apps.metrics.definitions.vocabulary import Direction, Family, Unit

EXPANSION_RATE = Metric(
    key="EXPANSION_RATE",
    version=1,
    name="Expansion rate",
    family=Family.FINANCIAL,
    unit=Unit.RATIO,
    direction=Direction.HIGHER_IS_BETTER,
    description="By how much those of the customers of the window's start who bring in more at its end have grown,"
    " to what all"
    " of them brought in. NET_REVENUE_RETENTION is GROSS_REVENUE_RETENTION and this."
    " Customers of the start alone, new ones in neither part; all at the exchange rates of the window's start. A"
    " RENEWAL"
    " says what a subscription brings in from then on, an EXPANSION adds to it, a CONTRACTION takes from it, a"
    " CANCELLATION"
    " ends it, and so does leaving.",
    formula="sum of what the end exceeds the start by, of each customer / sum at the start",
    source=SOURCE,
    fact=REVENUE,
    variants=revenue_variants("grown", "greatest(f.by_end - f.before, 0)", "greatest(f.spent - f.spent_before, 0)"),
    examples=examples(50, 0),
)

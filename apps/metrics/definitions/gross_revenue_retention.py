"""GROSS_REVENUE_RETENTION: what is kept of the revenue there was."""

from apps.metrics.definitions.facts.revenue import REVENUE
from apps.metrics.definitions.metric import Metric
from apps.metrics.definitions.recurring import SOURCE, examples, revenue_variants
from apps.metrics.definitions.vocabulary import Direction, Family, Unit

GROSS_REVENUE_RETENTION = Metric(
    key="GROSS_REVENUE_RETENTION",
    version=1,
    name="Gross revenue retention",
    family=Family.FINANCIAL,
    unit=Unit.FRACTION,
    direction=Direction.HIGHER_IS_BETTER,
    description="Share of the revenue at the window's start that is still there at its end, of every customer no"
    " more than it"
    " brought in before: what was lost by leaving and by shrinking is missing, growth does not make up for it, so it"
    " never"
    " exceeds 1."
    " Customers of the start alone, new ones in neither part; all at the exchange rates of the window's start. A"
    " RENEWAL"
    " says what a subscription brings in from then on, an EXPANSION adds to it, a CONTRACTION takes from it, a"
    " CANCELLATION"
    " ends it, and so does leaving.",
    formula="sum of the lesser of start and end, of each customer / sum at the start",
    source=SOURCE,
    fact=REVENUE,
    variants=revenue_variants("kept", "least(f.before, f.by_end)", "least(f.spent_before, f.spent)"),
    examples=examples(270, 60),
)

"""NET_REVENUE_RETENTION: what the customers there were bring in now."""

from apps.metrics.definitions.facts.revenue import REVENUE
from apps.metrics.definitions.metric import Metric
from apps.metrics.definitions.recurring import SOURCE, examples, revenue_variants
from apps.metrics.definitions.vocabulary import Direction, Family, Unit

NET_REVENUE_RETENTION = Metric(
    key="NET_REVENUE_RETENTION",
    version=1,
    name="Net revenue retention",
    family=Family.FINANCIAL,
    unit=Unit.RATIO,
    direction=Direction.HIGHER_IS_BETTER,
    description="What the customers of the window's start bring in at its end, to what they brought in at its start;"
    " growth"
    " makes up for losses, so it may exceed 1."
    " Customers of the start alone, new ones in neither part; all at the exchange rates of the window's start. A"
    " RENEWAL"
    " says what a subscription brings in from then on, an EXPANSION adds to it, a CONTRACTION takes from it, a"
    " CANCELLATION"
    " ends it, and so does leaving.",
    formula="sum at the end / sum at the start, of the same customers",
    source=SOURCE,
    fact=REVENUE,
    variants=revenue_variants("end", "f.by_end", "f.spent"),
    examples=examples(320, 60),
)

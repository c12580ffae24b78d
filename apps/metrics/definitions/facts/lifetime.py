"""What customers have brought in by the end of a span, and what they are expected to bring in from now on."""

from apps.metrics.definitions.facts.fact import Fact
from apps.metrics.definitions.facts.revenue import rate_at
from apps.metrics.definitions.facts.standing import BOUGHT, CUSTOMER_DIMENSIONS, OF_CUSTOMER, SPANS

# Every order at the rate of its day.
_ORDERS = f"""(
    SELECT o.customer_id, o.ordered_at, {rate_at("o.ordered_at", "o.currency")} AS rate,
           CASE WHEN o.kind IN {BOUGHT} THEN o.amount ELSE -o.amount END AS amount
    FROM customers_order o WHERE o.kind IN {BOUGHT} OR o.kind = 'REFUND'
)"""  # noqa: S608  # constants
_SOURCE = f"""(
    SELECT {OF_CUSTOMER}, l.since, l.net, l.unrated
    FROM (SELECT o.customer_id, w.since, sum(o.amount * o.rate)::float8 AS net, bool_or(o.rate IS NULL) AS unrated
          FROM {SPANS} JOIN {_ORDERS} o ON o.ordered_at < w.until GROUP BY o.customer_id, w.since) l
    JOIN customers_customer c ON c.id = l.customer_id
) f"""  # noqa: S608  # constants

LIFETIME = Fact(
    key="lifetime",
    description="Every customer who had ordered by the end of a span asked for: all it had brought in by then, at the"
    " exchange rates of its orders' days.",
    topic="",
    table="customers_customer",
    moment="since",
    source=_SOURCE,
    dimensions=CUSTOMER_DIMENSIONS,
    shapes=(),
    histogram_shapes=(),
    spanned=True,
)

_PREDICTED = f"""(
    SELECT {OF_CUSTOMER}, w.since, v.value
    FROM {SPANS} JOIN metrics_customervalue v ON v.first_bought_at < w.until
    JOIN customers_customer c ON c.id = v.customer_id
) f"""  # noqa: S608  # constants

PREDICTION = Fact(
    key="prediction",
    description="Every customer who had bought by the end of a span asked for, and has not left: what it is expected to"
    " bring in over the twelve months after the model was last fitted.",
    topic="",
    table="customers_customer",
    moment="since",
    source=_PREDICTED,
    dimensions=CUSTOMER_DIMENSIONS,
    shapes=(),
    histogram_shapes=(),
    spanned=True,
)

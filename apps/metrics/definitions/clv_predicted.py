"""CLV_PREDICTED: what customers without a contract are expected to be worth from now on."""

from apps.metrics.definitions.facts.lifetime import PREDICTION
from apps.metrics.definitions.metric import Answer, Example, Metric
from apps.metrics.definitions.parts import Measure, Parameter, Variant, mean_of
from apps.metrics.definitions.vocabulary import Direction, Family, Unit

MONTHS = 12
_WORTH = Measure("prediction", "f.value", "TRUE")
_NO_MODEL = {"PER_CUSTOMER": Answer(None, 0, 0, 0), "TOTAL": Answer(None, 0, None, 0)}

CLV_PREDICTED = Metric(
    key="CLV_PREDICTED",
    version=1,
    name="Customer lifetime value ahead",
    family=Family.FINANCIAL,
    unit=Unit.MONEY,
    direction=Direction.HIGHER_IS_BETTER,
    description="What customers who had bought by the window's end, and have not left, are expected to bring in over"
    f" the {MONTHS} months after the models were last fitted (asOf): how often each is expected to buy (BG/NBD) x"
    " what its purchases are expected to be worth (Gamma-Gamma), less the share that is refunded, x the brand's"
    " gross margin, every month discounted. The models are fitted anew every week, and when asked;"
    " lifetimeModel tells their parameters, or why there are none. The interval is that of the mean over these"
    " customers, the models being taken as right.",
    formula="expected purchases x expected value x margin, discounted / customers",
    source="Fader, Hardie and Lee (2005), and Fader and Hardie (2013). Below 200 customers who bought again, and where"
    " how much they spend hangs on how often they buy, there is none.",
    fact=PREDICTION,
    variants=(
        mean_of("PER_CUSTOMER", "To a customer.", _WORTH, modelled=True),
        Variant("TOTAL", "Of all customers together.", _WORTH.sum, None, counted=_WORTH.size, modelled=True),
    ),
    parameters=(Parameter("horizon", MONTHS, "months", "how far ahead is looked"),),
    examples=(
        Example(
            "Nobody has been asked yet what these two are worth",
            (
                {"ordered_at": "2026-01-05T00:00Z", "customer": "ana", "amount": 100},
                {"ordered_at": "2026-03-05T00:00Z", "customer": "ben", "amount": 100},
            ),
            _NO_MODEL,
        ),
        Example("Nobody has ever bought", ({"joined_at": "2026-01-01T00:00Z", "external_id": "ana"},), _NO_MODEL),
    ),
)

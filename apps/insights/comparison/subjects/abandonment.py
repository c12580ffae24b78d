"""How many customers give up: of the answered and abandoned, of all that was offered, or of all that was queued."""

from apps.insights.comparison.rule import Rule, Subject
from apps.insights.comparison.subjects.moments import DISCONNECTED
from apps.insights.comparison.subjects.reasons import ANSWERED, FLOWED_OUT, OUR_OWN, UNKNOWN_END
from apps.metrics.definitions.abandonment import ABANDONMENT as METRIC
from apps.metrics.definitions.facts.interaction import INTERACTION
from apps.metrics.definitions.parts import Reason

ABANDONMENT = Subject(
    key="ABANDONMENT",
    description="How many customers give up before they are answered.",
    metric=METRIC,
    variant=METRIC.variants[0],
    rows=INTERACTION,
    left_out=(OUR_OWN, FLOWED_OUT, Reason("Whether it was answered is unknown.")),
    fails=(Reason("It was answered."),),
    rules=(
        Rule(
            key="GENESYS",
            vendor="Genesys Cloud",
            name="Abandon %",
            description="Share of the offered: answered, abandoned, and gone from the queue in another way.",
            formula="abandoned / (answered + abandoned + flow-outs)",
            source="Genesys Cloud, View available columns in performance views by category,"
            " https://help.mypurecloud.com/?p=334996",
            left_out=(OUR_OWN, UNKNOWN_END),
            fails=(ANSWERED, FLOWED_OUT),
        ),
        Rule(
            key="AMAZON_CONNECT",
            vendor="Amazon Connect",
            name="Abandonment rate",
            description="Share of the contacts that were queued whose customer left while in the queue, by the moment"
            " they ended.",
            formula="abandoned / queued",
            source="Amazon Connect, Reference queries for the data lake and Metric definitions,"
            " https://docs.aws.amazon.com/connect/latest/adminguide/data-lake-reference-queries.html",
            left_out=(OUR_OWN, Reason("It was in no queue.", "f.queue_id IS NULL"), UNKNOWN_END),
            fails=(ANSWERED, FLOWED_OUT),
            anchor=DISCONNECTED,
            caveat="What was queued for a callback is no abandon there; our rows do not tell callbacks apart. The"
            " moment is reckoned as the opening and the wait, talk and hold that followed, up to a day.",
        ),
    ),
)

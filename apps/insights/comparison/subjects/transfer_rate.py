"""How often a contact is handed on, and of which contacts that is a share."""

from apps.insights.comparison.rule import Rule, Subject
from apps.insights.comparison.subjects.reasons import NO_CALL
from apps.metrics.definitions.facts.interaction import INTERACTION
from apps.metrics.definitions.parts import Reason
from apps.metrics.definitions.replies import FIRST_HUMAN_RESPONSE_AT
from apps.metrics.definitions.transfer_rate import TRANSFER_RATE as METRIC

_STAYED = Reason("It was not handed on.", "f.transfers = 0")

TRANSFER_RATE = Subject(
    key="TRANSFER_RATE",
    description="How often a contact is handed on.",
    metric=METRIC,
    variant=METRIC.variants[0],
    rows=INTERACTION,
    left_out=(Reason("It was not answered."),),
    fails=(Reason("It was not handed on."),),
    rules=(
        Rule(
            key="GENESYS",
            vendor="Genesys Cloud",
            name="Calls transferred ratio",
            description="Share of all calls that were transferred, those that nobody answered included.",
            formula="calls transferred / calls",
            source="Genesys Cloud, Select and manage metrics,"
            " https://help.mypurecloud.com/articles/select-and-manage-metrics/",
            left_out=(NO_CALL,),
            fails=(_STAYED,),
        ),
        Rule(
            key="INTERCOM",
            vendor="Intercom",
            name="Conversations reassigned",
            description="Conversations assigned more than once after a teammate's reply, to those replied to.",
            formula="conversations reassigned / conversations first replied to",
            source="Intercom, Reporting metrics and attributes, https://www.intercom.com/help/en/articles/7022438",
            left_out=(Reason("No teammate has replied to it.", f"({FIRST_HUMAN_RESPONSE_AT}) IS NULL"),),
            fails=(_STAYED,),
            caveat="Intercom reports the count, by the moment of the first reply; the share is ours. Of a transfer our"
            " rows do not tell whether it came after the reply.",
        ),
    ),
)

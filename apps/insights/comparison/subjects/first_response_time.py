"""How long a customer waits for the first reply: from when, until whose."""

from dataclasses import replace

from apps.insights.comparison.rule import Rule, Subject
from apps.insights.comparison.subjects.messages import FIRST_CUSTOMER_AT, WITH_MESSAGES
from apps.insights.comparison.subjects.moments import FIRST_REPLIED
from apps.insights.comparison.subjects.reasons import OUR_OWN
from apps.metrics.definitions.facts.interaction import INTERACTION
from apps.metrics.definitions.first_response_time import FIRST_RESPONSE_TIME as METRIC
from apps.metrics.definitions.parts import Reason
from apps.metrics.definitions.replies import FIRST_HUMAN_RESPONSE_AT

_REPLIED_AT = f"({FIRST_HUMAN_RESPONSE_AT})"
_NO_REPLY = Reason("No person has replied yet.", f"{_REPLIED_AT} IS NULL")
_REOPENED_AT = f"(SELECT max(r) FROM unnest(f.reopened_at) r WHERE r <= {_REPLIED_AT})"  # noqa: S608  # constants
_HANDED_OFF_AT = f"CASE WHEN f.bot_handed_off_at <= {_REPLIED_AT} THEN f.bot_handed_off_at END"

FIRST_RESPONSE_TIME = Subject(
    key="FIRST_RESPONSE_TIME",
    description="How long a customer waits for the first reply.",
    metric=METRIC,
    variant=METRIC.variants[0],
    rows=replace(INTERACTION, source=WITH_MESSAGES, elaborate=""),
    left_out=(OUR_OWN, Reason("A program handled it; no person has replied.")),
    rules=(
        Rule(
            key="ZENDESK_FIRST_REPLY",
            vendor="Zendesk",
            name="First reply time",
            description="From a ticket's creation to the first public comment of an agent, a bot's being none. Where an"
            " agent created it, that is the agents' second public comment.",
            formula="sum(first public comment of an agent - created) / tickets with one",
            source="Zendesk, About native Support time duration metrics and Calculating first reply time,"
            " https://support.zendesk.com/hc/en-us/articles/4408834848154 and …/4408821871642",
            left_out=(
                Reason(
                    "An agent began it, and no second public comment of an agent is known.",
                    "f.direction = 'OUTBOUND' AND f.second_human_at IS NULL",
                ),
                Reason("No agent has replied yet.", f"f.direction = 'INBOUND' AND {_REPLIED_AT} IS NULL"),
            ),
            value="extract(epoch FROM CASE WHEN f.direction = 'OUTBOUND' THEN f.second_human_at"
            f" ELSE {_REPLIED_AT} END - f.opened_at)",
            caveat="Zendesk tells a median unless asked otherwise; means are compared here.",
        ),
        Rule(
            key="PLAIN",
            vendor="Plain",
            name="First response time",
            description="From the customer's first message to the first reply of a person, by the moment of the reply."
            " What the team began is left out; a program's reply does not stop the clock.",
            formula="sum(first reply of a person - first message of the customer) / threads with one",
            source="Plain, First response time, https://www.plain.com/docs/product/platform/first-response-time",
            left_out=(
                OUR_OWN,
                _NO_REPLY,
                Reason("The customer wrote only after the reply.", f"{FIRST_CUSTOMER_AT} > {_REPLIED_AT}"),
            ),
            value=f"extract(epoch FROM {_REPLIED_AT} - {FIRST_CUSTOMER_AT})",
            differs=(Reason("The clock starts with the customer's first message, not with the opening."),),
            anchor=FIRST_REPLIED,
            caveat="Without messages the opening is taken for the customer's first. Replies that came more than 31 days"
            " after it are not looked for. Plain tells the median and the 90th percentile; means are compared here.",
        ),
        Rule(
            key="CHATWOOT",
            vendor="Chatwoot",
            name="First response time",
            description="From the last moment before it at which a bot handed the conversation over or it was opened"
            " again, else from its creation, to the first reply of a person.",
            formula="sum(first reply - last hand-over, reopening or creation before it) / conversations with a reply",
            source="Chatwoot, app/listeners/reporting_event_listener.rb and app/helpers/reporting_event_helper.rb,"
            " https://github.com/chatwoot/chatwoot",
            left_out=(_NO_REPLY,),
            value=f"extract(epoch FROM {_REPLIED_AT} - greatest(f.opened_at, {_HANDED_OFF_AT}, {_REOPENED_AT}))",
            differs=(
                Reason(
                    "The clock starts when the bot handed it over.",
                    f"({_HANDED_OFF_AT}) >= coalesce({_REOPENED_AT}, f.opened_at)",
                ),
                Reason("The clock starts when it was opened again."),
            ),
            caveat="What came before the bot handed over is nobody's wait. Counted by the moment of the opening;"
            " Chatwoot goes by that of the reply.",
        ),
    ),
)

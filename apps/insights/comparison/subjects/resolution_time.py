"""How long until a contact is resolved: for the first time or for good, and what becomes of what is opened again."""

from dataclasses import replace

from apps.insights.comparison.rule import Rule, Subject
from apps.insights.comparison.subjects.messages import FIRST_CUSTOMER_AT, WITH_MESSAGES
from apps.insights.comparison.subjects.moments import IS_OPEN_AGAIN, LAST_CLOSED, LAST_CLOSED_AT
from apps.metrics.definitions.facts.interaction import INTERACTION
from apps.metrics.definitions.parts import Reason
from apps.metrics.definitions.resolution_time_full import RESOLUTION_TIME_FULL
from apps.metrics.definitions.resolutions import FIRST_RESOLVED_AT, IS_REOPENED

_FIRST = f"({FIRST_RESOLVED_AT})"
_NEVER = Reason("It is not resolved yet.", "f.resolved_at IS NULL")
_BY_MESSAGE = Reason("The clock starts with the customer's first message, not with the opening.", "TRUE")

RESOLUTION_TIME = Subject(
    key="RESOLUTION_TIME",
    description="How long it takes until a contact is resolved.",
    metric=RESOLUTION_TIME_FULL,
    variant=RESOLUTION_TIME_FULL.variants[0],
    rows=replace(INTERACTION, source=WITH_MESSAGES, elaborate=""),
    left_out=(Reason("It is not resolved."),),
    rules=(
        Rule(
            key="ZENDESK_FIRST_RESOLUTION",
            vendor="Zendesk",
            name="First resolution time",
            description="From a ticket's creation to the first time it was solved; nothing later changes it.",
            formula="sum(first solved - created) / tickets ever solved",
            source="Zendesk, About native Support time duration metrics,"
            " https://support.zendesk.com/hc/en-us/articles/4408834848154",
            left_out=(
                Reason(
                    "It was opened again; when it had been resolved before is unknown.",
                    f"{_FIRST} IS NULL AND {IS_REOPENED}",
                ),
                Reason("It is not resolved, or since when is unknown.", f"{_FIRST} IS NULL"),
            ),
            value=f"extract(epoch FROM {_FIRST} - f.opened_at)",
            differs=(Reason("It was opened again; the first resolution counts."),),
        ),
        Rule(
            key="ZENDESK_FULL_RESOLUTION",
            vendor="Zendesk",
            name="Full resolution time",
            description="From a ticket's creation to the last time it was solved; one that is open again keeps it.",
            formula="sum(last solved - created) / tickets ever solved",
            source="Zendesk, About native Support time duration metrics,"
            " https://support.zendesk.com/hc/en-us/articles/4408834848154",
            left_out=(_NEVER,),
            value="extract(epoch FROM f.resolved_at - f.opened_at)",
        ),
        Rule(
            key="PLAIN",
            vendor="Plain",
            name="Resolution time",
            description="From the customer's first message to the moment the thread is marked as done.",
            formula="sum(done - first message of the customer) / threads done",
            source="Plain, Metrics, https://plain.support.site/article/reporting-metrics",
            left_out=(
                _NEVER,
                Reason("It is open again.", IS_OPEN_AGAIN),
                Reason("The customer wrote only after it was resolved.", f"{FIRST_CUSTOMER_AT} > f.resolved_at"),
            ),
            value=f"extract(epoch FROM f.resolved_at - {FIRST_CUSTOMER_AT})",
            differs=(_BY_MESSAGE,),
            caveat="Without messages the opening is taken for the customer's first.",
        ),
        Rule(
            key="REDO",
            vendor="Redo",
            name="Resolution time",
            description="From the customer's first message to the moment the ticket is finally closed, by that moment.",
            formula="sum(last closed - first message of the customer) / tickets closed in the window",
            source="Redo, Explanation of analytics,"
            " https://help.getredo.com/en/articles/12218475-explanation-of-analytics",
            left_out=(
                Reason("It is neither resolved nor closed.", f"{LAST_CLOSED_AT} IS NULL"),
                Reason("It is open again.", IS_OPEN_AGAIN),
                Reason("The customer wrote only after it was closed.", f"{FIRST_CUSTOMER_AT} > {LAST_CLOSED_AT}"),
            ),
            value=f"extract(epoch FROM {LAST_CLOSED_AT} - {FIRST_CUSTOMER_AT})",
            differs=(
                Reason("It was closed after it was resolved.", f"{LAST_CLOSED_AT} > f.resolved_at"),
                _BY_MESSAGE,
            ),
            anchor=LAST_CLOSED,
            caveat="Without messages the opening is taken for the customer's first.",
        ),
    ),
)

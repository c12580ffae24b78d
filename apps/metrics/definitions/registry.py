"""All metrics and facts there are, and the order in which a fact's components lie in its rollups."""

import hashlib
from functools import cache

from apps.metrics.definitions.abandonment import ABANDONMENT
from apps.metrics.definitions.after_call_work import AFTER_CALL_WORK
from apps.metrics.definitions.aht import AHT
from apps.metrics.definitions.backlog import BACKLOG
from apps.metrics.definitions.ces_5 import CES_5
from apps.metrics.definitions.ces_7 import CES_7
from apps.metrics.definitions.churn_rate import CHURN_RATE
from apps.metrics.definitions.clv_historic import CLV_HISTORIC
from apps.metrics.definitions.clv_predicted import CLV_PREDICTED
from apps.metrics.definitions.contact_rate import CONTACT_RATE
from apps.metrics.definitions.containment import CONTAINMENT
from apps.metrics.definitions.csat import CSAT
from apps.metrics.definitions.expansion_rate import EXPANSION_RATE
from apps.metrics.definitions.facts.agent_time import AGENT_TIME
from apps.metrics.definitions.facts.bot_contact import BOT_CONTACT
from apps.metrics.definitions.facts.cohort import COHORT
from apps.metrics.definitions.facts.fact import Fact
from apps.metrics.definitions.facts.feedback_item import FEEDBACK_ITEM
from apps.metrics.definitions.facts.handoff import HANDOFF
from apps.metrics.definitions.facts.interaction import INTERACTION
from apps.metrics.definitions.facts.invitation import INVITATION
from apps.metrics.definitions.facts.lifetime import LIFETIME, PREDICTION
from apps.metrics.definitions.facts.moves import MOVES
from apps.metrics.definitions.facts.promise import PROMISE
from apps.metrics.definitions.facts.repeat import REPEAT
from apps.metrics.definitions.facts.resolution import RESOLUTION
from apps.metrics.definitions.facts.revenue import REVENUE
from apps.metrics.definitions.facts.sla import SLA
from apps.metrics.definitions.facts.standing import STANDING
from apps.metrics.definitions.facts.survey_response import SURVEY_RESPONSE
from apps.metrics.definitions.facts.touchpoint_event import TOUCHPOINT_EVENT
from apps.metrics.definitions.fcr_repeat import FCR_REPEAT
from apps.metrics.definitions.fcr_survey import FCR_SURVEY
from apps.metrics.definitions.first_response_time import FIRST_RESPONSE_TIME
from apps.metrics.definitions.gross_revenue_retention import GROSS_REVENUE_RETENTION
from apps.metrics.definitions.handoff_integrity import HANDOFF_INTEGRITY
from apps.metrics.definitions.metric import Metric
from apps.metrics.definitions.net_revenue_retention import NET_REVENUE_RETENTION
from apps.metrics.definitions.nps import NPS
from apps.metrics.definitions.occupancy import OCCUPANCY
from apps.metrics.definitions.one_touch import ONE_TOUCH
from apps.metrics.definitions.parts import Component, Measure
from apps.metrics.definitions.promise_kept import PROMISE_KEPT
from apps.metrics.definitions.reopen_rate import REOPEN_RATE
from apps.metrics.definitions.repeat_contact_rate import REPEAT_CONTACT_RATE
from apps.metrics.definitions.resolution_rate import RESOLUTION_RATE
from apps.metrics.definitions.resolution_time_first import RESOLUTION_TIME_FIRST
from apps.metrics.definitions.resolution_time_full import RESOLUTION_TIME_FULL
from apps.metrics.definitions.response_rate import RESPONSE_RATE
from apps.metrics.definitions.retention_rate import RETENTION_RATE
from apps.metrics.definitions.sentiment import SENTIMENT
from apps.metrics.definitions.service_level import SERVICE_LEVEL
from apps.metrics.definitions.sla_compliance import SLA_COMPLIANCE
from apps.metrics.definitions.speed_of_answer import SPEED_OF_ANSWER
from apps.metrics.definitions.touchpoint_slo import TOUCHPOINT_SLO
from apps.metrics.definitions.transfer_rate import TRANSFER_RATE
from apps.metrics.definitions.volume import VOLUME

# The tables that are made of every fact's days; another set means that they must be made again.
KEPT = ("days", "months", "hours", "months of histograms")

FACTS: tuple[Fact, ...] = (
    INTERACTION,
    COHORT,
    MOVES,
    RESOLUTION,
    REPEAT,
    BOT_CONTACT,
    AGENT_TIME,
    SURVEY_RESPONSE,
    SLA,
    TOUCHPOINT_EVENT,
    PROMISE,
    HANDOFF,
    FEEDBACK_ITEM,
)

# What is read from the rows for every span asked for; nothing of it is kept.
SPANNED: tuple[Fact, ...] = (STANDING, REVENUE, LIFETIME, PREDICTION)

# What adds up, and is read from the rows all the same.
UNKEPT: tuple[Fact, ...] = (INVITATION,)

METRICS: dict[str, Metric] = {
    metric.key: metric
    for metric in (
        VOLUME,
        BACKLOG,
        FCR_REPEAT,
        FCR_SURVEY,
        ONE_TOUCH,
        AHT,
        AFTER_CALL_WORK,
        FIRST_RESPONSE_TIME,
        RESOLUTION_TIME_FIRST,
        RESOLUTION_TIME_FULL,
        SLA_COMPLIANCE,
        SERVICE_LEVEL,
        SPEED_OF_ANSWER,
        ABANDONMENT,
        RESOLUTION_RATE,
        REOPEN_RATE,
        TRANSFER_RATE,
        REPEAT_CONTACT_RATE,
        CONTACT_RATE,
        CONTAINMENT,
        OCCUPANCY,
        CSAT,
        NPS,
        CES_5,
        CES_7,
        SENTIMENT,
        RESPONSE_RATE,
        TOUCHPOINT_SLO,
        PROMISE_KEPT,
        HANDOFF_INTEGRITY,
        CLV_HISTORIC,
        CLV_PREDICTED,
        CHURN_RATE,
        RETENTION_RATE,
        GROSS_REVENUE_RETENTION,
        NET_REVENUE_RETENTION,
        EXPANSION_RATE,
    )
}


@cache
def layout(fact_key: str) -> tuple[Component, ...]:
    """Return the fact's components in the order in which its rollups hold them."""
    metrics = [metric for metric in METRICS.values() if metric.fact.key == fact_key]
    return tuple(dict.fromkeys(part for metric in metrics for part in metric.components))


@cache
def places(fact_key: str) -> dict[Component, int]:
    """Return where each component lies in the fact's rollups, counting from 0."""
    return {part: place for place, part in enumerate(layout(fact_key))}


@cache
def measures(fact_key: str) -> tuple[Measure, ...]:
    """Return what histograms are kept of."""
    variants = [v for m in METRICS.values() if m.fact.key == fact_key for v in m.variants]
    return tuple(dict.fromkeys(v.measure for v in variants if v.measure is not None))


@cache
def fingerprint(fact_key: str) -> str:
    """Return a hash of all that a fact's rollups are made from; another one means they must be made again."""
    fact = next(fact for fact in FACTS if fact.key == fact_key)
    columns = [(d.key.value, d.column) for d in fact.dimensions]
    made_from = (KEPT, fact.source, fact.elaborate, fact.moment, columns, fact.shapes, fact.histogram_shapes)
    text = repr((made_from, layout(fact_key), measures(fact_key)))
    return hashlib.sha256(text.encode()).hexdigest()[:16]

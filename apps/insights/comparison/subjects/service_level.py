"""How many contacts are answered in time: what is below the line makes ten points of difference."""

from apps.insights.comparison.rule import Rule, Subject
from apps.insights.comparison.subjects.reasons import FLOWED_OUT, OUR_OWN, UNKNOWN_END
from apps.metrics.definitions.contacts import IS_SHORT
from apps.metrics.definitions.facts.interaction import INTERACTION
from apps.metrics.definitions.parts import Reason
from apps.metrics.definitions.service_level import SERVICE_LEVEL as METRIC
from apps.metrics.definitions.service_level import TARGET_SECONDS

_NO_WAIT = Reason("It was answered; after how long is unknown.", "f.answered AND f.wait_seconds IS NULL")
_LATE = Reason(
    f"It was answered after more than {TARGET_SECONDS} s.", f"f.answered AND f.wait_seconds > {TARGET_SECONDS}"
)
_ABANDONED = Reason("It was abandoned.", "f.abandoned")
_SHORT = Reason("It was abandoned within 5 s: a short abandon.", IS_SHORT)
_GENESYS = "Genesys Cloud, Configure the service level calculation,\
 https://help.mypurecloud.com/articles/configure-the-service-level-calculation/"
_RETROACTIVE = "Whoever turns the switch changes the numbers of the past as well, but not in reports already run."


def _genesys(key: str, name: str, description: str, below: str, *left_out: Reason) -> Rule:
    return Rule(
        key=key,
        vendor="Genesys Cloud",
        name=name,
        description=description,
        formula=f"(answered - answered late) / ({below})",
        source=_GENESYS,
        left_out=(OUR_OWN, UNKNOWN_END, _NO_WAIT, *left_out),
        fails=tuple(reason for reason in (_LATE, _ABANDONED, FLOWED_OUT) if reason not in left_out),
        caveat=_RETROACTIVE,
    )


SERVICE_LEVEL = Subject(
    key="SERVICE_LEVEL",
    description=f"How many contacts are answered within {TARGET_SECONDS} seconds.",
    metric=METRIC,
    variant=METRIC.variants[0],
    rows=INTERACTION,
    left_out=(OUR_OWN, FLOWED_OUT, Reason("Whether it was answered is unknown.")),
    fails=(_LATE, Reason("It was abandoned.")),
    rules=(
        _genesys(
            "GENESYS",
            "Service level: abandons in, flow-outs out",
            "Share of the answered and abandoned that were answered in time.",
            "answered + abandoned",
            FLOWED_OUT,
        ),
        _genesys(
            "GENESYS_FLOW_OUTS_IN",
            "Service level: flow-outs included",
            "The same with what left the queue in another way below the line.",
            "answered + abandoned + flow-outs",
        ),
        _genesys(
            "GENESYS_SHORT_OUT",
            "Service level: short abandons not included",
            "The same without those abandoned within 5 s.",
            "answered + abandoned - short abandons",
            FLOWED_OUT,
            _SHORT,
        ),
        _genesys(
            "GENESYS_ABANDONS_OUT",
            "Service level: abandons not included",
            "The share of the answered alone.",
            "answered + abandoned - abandoned",
            FLOWED_OUT,
            _ABANDONED,
        ),
        Rule(
            key="CXENGAGE",
            vendor="CxEngage",
            name="Service level, as it comes",
            description=f"Share answered within {TARGET_SECONDS} s; what was abandoned within as many is ignored.",
            formula="answered within 20 s / (answered + abandoned after more than 20 s)",
            source="CxEngage, Service Level, https://data-docs.cxengage.net/Content/Statistics/ServiceLevel.htm",
            left_out=(
                OUR_OWN,
                UNKNOWN_END,
                _NO_WAIT,
                FLOWED_OUT,
                Reason("It was abandoned within 20 s.", f"f.abandoned AND f.wait_seconds <= {TARGET_SECONDS}"),
            ),
            fails=(_LATE, _ABANDONED),
        ),
    ),
)

"""What each department's touchpoints do to customers, and what contacts about them cost. Runs in the brand's door."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from apps.insights.costs.reckoning import MOST_AN_HOUR, Cost
from apps.insights.experience.asking import Asked
from apps.insights.experience.pairs import Share
from apps.insights.experience.scopes import OF_USUAL_SCOPE
from apps.insights.experience.statements import EVENTS
from apps.metrics.definitions.aht import HANDLE
from apps.metrics.definitions.contact_rate import INBOUND
from apps.metrics.definitions.facts.interaction import touchpoint_at
from apps.metrics.statistics.intervals import Interval, mean_t
from cxplatform.errors import BadInput
from cxplatform.tenancy.doors import current_brand, read

MOST_DEPARTMENTS = 200
_CENT = Decimal("0.01")
_OWNER = "coalesce(ts.department, t.department, '')"

# Who owned the touchpoint when it happened, what was told, and the number.
_TOLD: Final = f"""
    SELECT {_OWNER} AS department, f.customer_id, f.scale AS what, (f.value > 0.5)::int::float8 AS value
    FROM ({EVENTS}) f (customer_id, scale, touchpoint_id, occurred_at, value)
    {touchpoint_at("occurred_at", "f.touchpoint_id")}
    WHERE f.scale <> 'PROMISE'
    UNION ALL
    SELECT {_OWNER}, f.customer_id, f.kind,
           CASE f.kind WHEN 'CSAT' THEN (f.score >= %(satisfied)s)::int ELSE f.score END
    FROM (SELECT coalesce(r.customer_id, i.customer_id) AS customer_id, r.kind, r.score, r.answered_at,
                 coalesce(r.touchpoint_id, r.placed_id) AS touchpoint_id
          FROM surveys_surveyresponse r
          LEFT JOIN interactions_interaction i ON i.source = r.source AND i.external_id = r.interaction_external_id
          WHERE r.kind IN ('CSAT', 'CES_7') AND {OF_USUAL_SCOPE}
            AND r.answered_at >= %(start)s AND r.answered_at < %(end)s) f
    {touchpoint_at("answered_at", "f.touchpoint_id")}
    WHERE f.touchpoint_id IS NOT NULL
    UNION ALL
    SELECT {_OWNER}, f.customer_id, 'CONTACT', CASE WHEN {HANDLE.where} THEN {HANDLE.value} END
    FROM interactions_interaction f {touchpoint_at("opened_at")}
    WHERE {INBOUND.where} AND f.opened_at >= %(start)s AND f.opened_at < %(end)s
    UNION ALL
    SELECT coalesce(o.key, ''), f.customer_id, 'PROMISE', (f.outcome = 'KEPT')::int
    FROM journeys_promiseoutcome f LEFT JOIN journeys_department o ON o.id = f.owner_id
    WHERE f.outcome <> 'UNKNOWN' AND f.occurred_at >= %(start)s AND f.occurred_at < %(end)s
"""  # noqa: S608  # constants
_SCORECARD: Final = f"""
    SELECT x.department, coalesce(nullif(d.name, ''), x.department), x.what, count(*), count(x.value),
           coalesce(sum(x.value), 0), coalesce(sum(x.value * x.value), 0)
    FROM ({_TOLD}) x LEFT JOIN customers_customer c ON c.id = x.customer_id
    LEFT JOIN journeys_department d ON d.key = x.department
    WHERE {{conditions}} GROUP BY 1, 2, 3
"""  # noqa: S608  # constants


@dataclass(frozen=True, slots=True)
class Sums:
    """How many, of how many the number is known, and what these and their squares add up to."""

    rows: int = 0
    known: int = 0
    total: float = 0.0
    squares: float = 0.0

    @property
    def share(self) -> Share:
        return Share(round(self.total), self.known)


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean of so many, with its interval from two on."""

    value: float
    sample_size: int
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Department:
    """One owner's scorecard; the key "" is what nobody owns. `per_second` is what a second of an agent costs."""

    key: str
    label: str
    per_second: Decimal
    usual_seconds: float | None
    currency: str
    sums: Mapping[str, Sums] = field(default_factory=dict)

    def of(self, what: str) -> Sums:
        return self.sums.get(what, Sums())

    @property
    def ease(self) -> Mean | None:
        told = self.of("CES_7")
        if not told.known:
            return None
        return Mean(told.total / told.known, told.known, mean_t(told.known, told.total, told.squares))

    @property
    def contacts(self) -> int:
        return self.of("CONTACT").rows

    @property
    def handle_seconds(self) -> float | None:
        """Return what a contact takes: those of the department, or where none of its own is known, of all."""
        told = self.of("CONTACT")
        return told.total / told.known if told.known else self.usual_seconds

    @property
    def cost(self) -> Cost | None:
        """Return what its contacts cost, those whose handle time is unknown taken for the mean."""
        if self.handle_seconds is None:
            return None
        amount = Decimal(self.contacts * self.handle_seconds) * self.per_second
        return Cost(amount.quantize(_CENT), self.currency)


def scorecard(asked: Asked, agent_hour: Decimal) -> list[Department]:
    """Return every owner, the one whose contacts cost most first, in one SELECT. Raises: BadInput."""
    if not (agent_hour.is_finite() and 0 < agent_hour <= MOST_AN_HOUR):
        raise BadInput(f"An agent's hour costs more than 0 and up to {MOST_AN_HOUR:,}.", field="agentHour")
    labels: dict[str, str] = {}
    sums: dict[str, dict[str, Sums]] = {}
    values = {**asked.parameters, "satisfied": asked.bars.csat}
    for key, label, what, *numbers in read(_SCORECARD.format(conditions=asked.conditions("c")), values):
        labels[key] = label
        sums.setdefault(key, {})[what] = Sums(*numbers)
    usual = _usual(sums)
    made = [
        Department(key, labels[key], agent_hour / 3_600, usual, current_brand().currency, each)
        for key, each in sums.items()
    ]
    return sorted(made, key=lambda one: (-(one.cost.amount if one.cost else 0), one.key))[:MOST_DEPARTMENTS]


def _usual(sums: Mapping[str, Mapping[str, Sums]]) -> float | None:
    contacts = [each["CONTACT"] for each in sums.values() if "CONTACT" in each]
    known = sum(each.known for each in contacts)
    return sum(each.total for each in contacts) / known if known else None

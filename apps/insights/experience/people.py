"""Customers in the four quadrants: how many, who, and which touchpoints pull them down. Runs in the brand's door."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from apps.insights.experience import statements
from apps.insights.experience.asking import Asked
from apps.insights.experience.quality import SURE, Evidence, Quadrant, Quality, chance, is_sure, quality
from apps.insights.experience.scales import SERVICE_SIGNALS
from cxplatform.tenancy.doors import read

# After which customer: the sureness in millionths, and the id.
Position = tuple[int, UUID]
MOST_OFFENDERS = 50
_REASONS = ("failed", "friction", "slow", "broken", "hard", "unhappy")


@dataclass(frozen=True, slots=True)
class QuadrantCount:
    """How many customers stand in a quadrant, and how many of them beyond chance."""

    quadrant: Quadrant
    customers: int
    sure: int


@dataclass(frozen=True, slots=True)
class Offender:
    """A touchpoint that pulls customers' experience down, and how.

    `pull` is by how many standard deviations what happened there fell short of the bars, in all.
    """

    touchpoint_id: UUID
    key: str
    name: str
    customers: int
    pull: float
    failed: int
    friction: int
    slow: int
    broken: int
    hard: int
    unhappy: int


@dataclass(frozen=True, slots=True)
class Summary:
    """All quadrants, UNCLEAR last, and what pulls those down who are in a blind spot beyond chance, the worst first."""

    quadrants: Sequence[QuadrantCount]
    offenders: Sequence[Offender]


@dataclass(frozen=True, slots=True)
class Standing:
    """A customer between service and experience, what that rests on, and what pulls it down."""

    customer_id: UUID
    position: Position
    evidence: Sequence[Evidence]
    offenders: Sequence[Offender]

    @property
    def service(self) -> Quality:
        return _known(quality([each for each in self.evidence if each.signal in SERVICE_SIGNALS]))

    @property
    def experience(self) -> Quality:
        return _known(quality([each for each in self.evidence if each.signal not in SERVICE_SIGNALS]))

    @property
    def p_value(self) -> float:
        return chance(self.service, self.experience)

    @property
    def beyond_chance(self) -> bool:
        return is_sure(self.service, self.experience)


def summary(asked: Asked) -> Summary:
    """Return how many stand where and what pulls down those in a blind spot beyond chance, in one SELECT."""
    text = statements.SUMMARY.format(conditions=asked.conditions("p"))
    ((counted, found),) = read(text, {**asked.parameters, "limit": MOST_OFFENDERS})
    counts = {name: (customers, sure) for name, customers, sure in json.loads(counted or "[]")}
    return Summary(
        [QuadrantCount(each, *counts.get(each.value, (0, 0))) for each in Quadrant],
        [_offender(each) for each in json.loads(found or "[]")],
    )


def standings(asked: Asked, quadrant: Quadrant, *, sure: bool, after: Position | None, limit: int) -> list[Standing]:
    """Return customers of a quadrant after a position, the surest first, in one SELECT."""
    beyond = "(p.rank, p.customer_id) < (%(after_rank)s, %(after_id)s)" if after else "TRUE"
    text = statements.PAGE.format(conditions=asked.conditions("p"), beyond=beyond)
    values = {**_of(asked, quadrant, sure=sure), "limit": limit}
    if after:
        values |= {"after_rank": after[0], "after_id": after[1]}
    return [
        Standing(
            key,
            (rank, key),
            [Evidence(*each) for each in json.loads(evidence)],
            [_offender(each) for each in json.loads(found or "[]")],
        )
        for key, rank, evidence, found in read(text, values)
    ]


def count(asked: Asked, quadrant: Quadrant, *, sure: bool) -> int:
    """Return how many customers there are in a quadrant, in one SELECT."""
    text = statements.COUNT_ALL.format(conditions=asked.conditions("p"))
    ((found,),) = read(text, _of(asked, quadrant, sure=sure))
    return int(found)


def _of(asked: Asked, quadrant: Quadrant, *, sure: bool) -> dict[str, Any]:
    return {**asked.parameters, "quadrant": quadrant.value, "sure": SURE if sure else 0.0}


def _offender(told: Mapping[str, Any]) -> Offender:
    counts = {name: int(told[name] or 0) for name in _REASONS}
    key = told["touchpoint_id"]
    return Offender(
        key if isinstance(key, UUID) else UUID(key),
        told["key"],
        told["name"],
        int(told["customers"]),
        round(float(told["pull"]), 6),
        **counts,
    )


def _known(found: Quality | None) -> Quality:
    assert found is not None, "both sides of whoever is placed are known"
    return found

"""Groups of customers: the share that the service pleased against the share that fares well with the whole. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.insights.experience.pairs import (
    FEWEST_PAIRS,
    Pairs,
    Share,
    holm,
    mcnemar,
    paired_interval,
    unpaired_interval,
)
from apps.insights.experience.quality import Quadrant
from apps.metrics.statistics.comparisons import ALPHA, two_proportions
from apps.metrics.statistics.intervals import Interval

# From which share of customers on a side is good.
GOOD_FROM = 0.75
# A side of fewer customers is told, and not judged.
FEWEST_CUSTOMERS = 30


@dataclass(frozen=True, slots=True)
class Counted:
    """A group's customers: those with each side known, and those with both."""

    key: str
    label: str
    service: Share
    experience: Share
    pairs: Pairs


@dataclass(frozen=True, slots=True)
class Divergence:
    """What is said of a group; `p_value` takes all groups looked at together into account."""

    counted: Counted
    paired: bool
    delta: float | None
    interval: Interval | None
    p_value: float | None
    quadrant: Quadrant | None

    @property
    def significant(self) -> bool | None:
        return None if self.p_value is None else self.p_value < ALPHA

    @property
    def is_found(self) -> bool:
        """Tell whether its sides lie on two sides of the bar, farther apart than chance explains."""
        return bool(self.significant) and self.quadrant in {Quadrant.BLIND_SPOT, Quadrant.SERVICE_DRAG}


def diverging(
    groups: Sequence[Counted], *, good_from: float = GOOD_FROM, fewest: int = FEWEST_CUSTOMERS
) -> list[Divergence]:
    """Judge all groups together. Those of too few customers are not tested, and no part of the correction."""
    raw = [_tested(each, fewest) for each in groups]
    adjusted = holm([p for _, p in raw])
    return [
        _judged(each, paired, p, good_from, fewest) for each, (paired, _), p in zip(groups, raw, adjusted, strict=True)
    ]


def _tested(group: Counted, fewest: int) -> tuple[bool, float | None]:
    """Return whether it is the same people's answers that are compared, and the p-value."""
    if group.pairs.of >= max(FEWEST_PAIRS, fewest):
        return True, mcnemar(group.pairs)
    if min(group.service.of, group.experience.of) < fewest:
        return False, None
    return False, two_proportions(group.service, group.experience)


def _judged(group: Counted, paired: bool, p: float | None, good_from: float, fewest: int) -> Divergence:  # of one test
    first, second = group.pairs.shares if paired else (group.service, group.experience)
    if first.value is None or second.value is None:
        return Divergence(group, paired, None, None, None, None)
    interval = paired_interval(group.pairs) if paired else unpaired_interval(first, second)
    enough = min(first.of, second.of) >= fewest
    quadrant = _quadrant(first.value >= good_from, second.value >= good_from) if enough else None
    return Divergence(group, paired, first.value - second.value, interval, p, quadrant)


def _quadrant(served: bool, fared: bool) -> Quadrant:  # both are answers
    if served:
        return Quadrant.BOTH_GOOD if fared else Quadrant.BLIND_SPOT
    return Quadrant.SERVICE_DRAG if fared else Quadrant.BOTH_BAD

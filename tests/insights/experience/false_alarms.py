"""How often chance alone is taken for a blind spot: brands in which service and experience agree, drawn by the hundred.

Whatever happens to a customer, at service or elsewhere, hangs on one and the same liking of the brand, and on chance.
Run: python -m tests.insights.experience.false_alarms
"""

import sys
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from apps.insights.experience.divergence import Counted, diverging
from apps.insights.experience.pairs import Pairs, Share
from apps.insights.experience.quality import FARTHEST, Evidence, Quadrant, is_sure, quadrant, quality
from apps.insights.experience.scales import USUAL_BARS, Scale, scales_of

Floats = npt.NDArray[np.float64]
SCALES = {scale.key: scale for scale in scales_of(USUAL_BARS)}
# How much of what happens hangs on the liking; the rest is chance.
LIKING = 0.4
# What there is of each customer: so many items of each scale.
THIN = {"CSAT": 1, "NPS": 1}
USUAL = {"CSAT": 1, "FCR": 1, "FRT": 1, "NPS": 1, "OUTCOME": 2}
RICH = {"CSAT": 2, "FCR": 2, "FRT": 3, "NPS": 2, "CES_7": 2, "OUTCOME": 6, "PROMISE": 2, "SLO": 2}
# Answers by how well it went, in standard deviations about the border of good: CSAT 4, NPS 7, CES_7 5, all else binary.
_CUTS = {
    "CSAT": (-1.5, -0.8, 0.0, 0.8),
    "NPS": (-1.9, -1.6, -1.3, -1.0, -0.7, -0.35, 0.0, 0.4, 0.8, 1.3),
    "CES_7": (-1.6, -1.1, -0.5, 0.0, 0.6, 1.2),
    "OUTCOME": (-1.0, 0.0),
}
_LOWEST = {"CSAT": 1, "NPS": 0, "CES_7": 1, "OUTCOME": -1}


class Alarms(NamedTuple):
    """Of so many customers, how many are put into a blind spot, and how many beyond chance."""

    customers: int
    placed: int
    sure: int


def customers(lead: float, there: dict[str, int], number: int, seed: int = 1) -> Alarms:
    """Draw customers whose items lie `lead` standard deviations above the border of good, on average."""
    chance = np.random.default_rng(seed)
    liking = chance.normal(size=number)
    evidence: list[list[Evidence]] = [[] for _ in range(number)]
    for key, items in there.items():
        luck = chance.normal(size=(number, items))
        went = lead + np.sqrt(LIKING) * liking[:, None] + np.sqrt(1 - LIKING) * luck
        means = _z(SCALES[key], _told(key, went)).mean(axis=1)
        for one, z in zip(evidence, means.tolist(), strict=True):
            one.append(Evidence(SCALES[key].signal, items, z))
    return _alarms(evidence, {scale.signal for scale in SCALES.values() if scale.is_service})


def brands(content: float, size: int, number: int, groups: int = 6, seed: int = 1) -> int:
    """Draw brands whose groups are as content with the service as with the whole; return how many are accused."""
    chance = np.random.default_rng(seed)
    accused = 0
    for _ in range(number):
        found = diverging([_group(chance, content, size) for _ in range(groups)])
        accused += any(each.is_found for each in found)
    return accused


def _told(key: str, went: Floats) -> Floats:
    if key == "FRT":
        return went
    if key not in _CUTS:
        return (went > 0).astype(np.float64)
    return np.digitize(went, _CUTS[key]).astype(np.float64) + _LOWEST[key]


def _z(scale: Scale, told: Floats) -> Floats:
    bar = told.mean() if scale.bar is None else scale.bar
    return np.clip((told - bar) / max(float(told.std()), scale.least_spread), -FARTHEST, FARTHEST)


def _alarms(evidence: Sequence[Sequence[Evidence]], of_service: set[str]) -> Alarms:
    placed = sure = 0
    for one in evidence:
        service = quality([each for each in one if each.signal in of_service])
        experience = quality([each for each in one if each.signal not in of_service])
        assert service is not None
        assert experience is not None
        if quadrant(service, experience) is Quadrant.BLIND_SPOT:
            placed += 1
            sure += is_sure(service, experience)
    return Alarms(len(evidence), placed, sure)


def _group(chance: np.random.Generator, content: float, size: int) -> Counted:
    """Draw a group: who is content with the one side is more often content with the other as well."""
    share = chance.beta(8 * content, 8 * (1 - content), size)
    first, second = chance.random(size) < share, chance.random(size) < share
    both, one, other = (int(each.sum()) for each in (first & second, first & ~second, ~first & second))
    pairs = Pairs(both, one, other, size - both - one - other)
    return Counted("", "", Share(both + one, size), Share(both + other, size), pairs)


def main() -> None:
    """Print a line for each kind of customers and of brands."""
    for name, there in (("1 signal a side", THIN), ("3 and 2 signals", USUAL), ("3 and 5 signals", RICH)):
        for lead in (-0.5, 0.0, 0.5, 1.0):
            found = customers(lead, there, 100_000)
            per_thousand = [1_000 * each / found.customers for each in (found.placed, found.sure)]
            told = "{:>6.1f} of 1,000 customers placed, {:>5.2f} beyond chance".format(*per_thousand)
            sys.stdout.write(f"{name}, lead {lead:>4}: {told}\n")
    for content in (0.6, 0.7, 0.75, 0.8, 0.9):
        for size in (50, 500):
            accused = brands(content, size, 2_000)
            told = f"6 groups of {size:>3}, {content:.0%} content: {accused:>3} of 2,000 brands accused"
            sys.stdout.write(f"{told}\n")


if __name__ == "__main__":
    main()

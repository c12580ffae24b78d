"""How often chance alone is taken for a surge: hours of nothing unusual, drawn by the hundred thousand.

Run: python -m tests.insights.false_alarms
"""

import sys
from collections.abc import Iterator

import numpy as np

from apps.insights.surges.seasonal import THRESHOLD, Hour, judge

WEEKS = 8
HOURS = 168


def drawn(mean: float, dispersion: float, spells: int, seed: int = 1) -> Iterator[list[Hour]]:
    """Yield weeks of hours around a mean that swings over the day; the variance is `dispersion` times the mean."""
    chance = np.random.default_rng(seed)
    means = mean * (1 + 0.8 * np.sin(2 * np.pi * np.arange(HOURS) / 24))
    for _ in range(spells):
        if dispersion == 1:
            counts = chance.poisson(means, (WEEKS + 1, HOURS))
        else:
            counts = chance.negative_binomial(means / (dispersion - 1), 1 / dispersion, (WEEKS + 1, HOURS))
        yield [Hour(int(counts[-1, hour]), counts[:-1, hour].tolist()) for hour in range(HOURS)]


def rate(mean: float, dispersion: float, spells: int) -> tuple[int, int]:
    """Return how many hours were taken for surges, and how many there were."""
    judged = [each for hours in drawn(mean, dispersion, spells) for each in judge(hours)]
    return sum(each.z > THRESHOLD for each in judged), len(judged)


def main() -> None:
    """Print a line for each kind of hours."""
    for mean in (2, 10, 50, 500):
        for dispersion in (1, 2, 4):
            alarms, hours = rate(mean, dispersion, 600)
            per = f"one in {hours // alarms:,} hours" if alarms else f"none in {hours:,} hours"
            sys.stdout.write(f"mean {mean:>3}, variance {dispersion} x mean: {alarms:>3} false alarms, {per}\n")


if __name__ == "__main__":
    main()

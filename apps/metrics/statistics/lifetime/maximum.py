"""The maximum of a smooth function of a few positive numbers: Newton's method, damped, on their logarithms."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from apps.metrics.statistics.arithmetic import Floats

# The parameters of a sensible fit lie well within; one that runs to an end has found no maximum.
LOWEST, HIGHEST = np.log(1e-5), np.log(1e7)
MOST_STEPS = 200
_DIFFERENCE = 1e-4
_GAIN = 1e-12
_LONGEST = 2.0
_MOST_DAMPED = 1e12


class Maximum(NamedTuple):
    """Where a function is largest, and how large."""

    at: tuple[float, ...]
    value: float


def maximise(function: Callable[[Floats], float], start: tuple[float, ...]) -> Maximum | None:
    """Return where a function of positive numbers is largest; None where no maximum is found between the bounds.

    The function should be of the size of one, such as a mean: what counts as no further gain is absolute. Derivatives
    are differences, so that each model is its likelihood alone. Source: Levenberg (1944), Marquardt (1963).
    """

    def of_logs(logs: Floats) -> float:
        return function(np.exp(logs))

    here = np.log(np.asarray(start, dtype=np.float64))
    best, damping = of_logs(here), 1e-3
    for _ in range(MOST_STEPS):
        slope, curve = _derivatives(of_logs, here, best)
        while (there := _ahead(here, slope, curve, damping)) is None or not of_logs(there) >= best:
            damping = max(damping, 1e-8) * 10
            if damping > _MOST_DAMPED:
                return None
        here, damping = there, damping / 10
        if np.any(here < LOWEST) or np.any(here > HIGHEST):
            return None
        gained, best = of_logs(here) - best, of_logs(here)
        if gained < _GAIN:
            return Maximum(tuple(np.exp(here).tolist()), best)
    return None


def _ahead(here: Floats, slope: Floats, curve: Floats, damping: float) -> Floats | None:
    """Return where Newton's step leads, made shorter by the damping; None where it would not lead uphill."""
    bent = damping * np.eye(len(here)) - curve
    if not np.all(np.linalg.eigvalsh(bent) > 0):
        return None
    step = np.linalg.solve(bent, slope)
    return np.asarray(here + step * min(1.0, _LONGEST / max(float(np.max(np.abs(step))), _LONGEST)), dtype=np.float64)


def _derivatives(function: Callable[[Floats], float], here: Floats, value: float) -> tuple[Floats, Floats]:
    """Return the slope, and the matrix of second derivatives, by central differences."""
    count = len(here)
    ahead = np.eye(count) * _DIFFERENCE
    up = np.array([function(here + step) for step in ahead])
    down = np.array([function(here - step) for step in ahead])
    slope = (up - down) / (2 * _DIFFERENCE)
    curve = np.diag((up + down - 2 * value) / _DIFFERENCE**2)
    for i in range(count):
        for j in range(i):
            both = function(here + ahead[i] + ahead[j]) + function(here - ahead[i] - ahead[j])
            curve[i, j] = curve[j, i] = (both - up[i] - up[j] - down[i] - down[j] + 2 * value) / (2 * _DIFFERENCE**2)
    return slope, curve

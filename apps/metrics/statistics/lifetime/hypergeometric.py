"""The one function of BG/NBD that numpy lacks: Gauss's hypergeometric series, for all customers at once."""

import numpy as np

from apps.metrics.statistics.arithmetic import Floats

MOST_TERMS = 20_000
_NOTHING = 1e-13


def one_less_powered(e: float, b: float, c: Floats, z: Floats) -> Floats:
    """Return 1 - (1 - z)^e F(e, b; c; z), for 0 <= z < 1 and c > 0.

    It is what BG/NBD needs of F(c - e, c - b; c; z), by Euler's transformation: that one overflows where customers
    bought some hundred times, and this one's terms shrink with z. Source: Abramowitz and Stegun, 15.1.1 and 15.3.3.
    """
    term, total = np.ones_like(c), np.ones_like(c)
    for n in range(MOST_TERMS):
        term = term * ((e + n) * (b + n) / ((c + n) * (n + 1))) * z
        total += term
        if n > abs(b) and np.all(np.abs(term) <= _NOTHING * (1 - z) * np.abs(total)):
            break
    return 1 - np.power(1 - z, e) * total

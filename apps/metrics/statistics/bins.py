"""Bins that are 2 % wide on a log scale.

A bin's number is floor(ln(x) / ln(1.02)); it stands for its geometric middle, so a quantile is off by at
most 1 %, well within the 2 % promised. Zero and below have a bin of their own.
"""

import math

WIDTH = 1.02
LOG_WIDTH = math.log(WIDTH)
ZERO_BIN = -100_000
# A value below a millionth counts as zero, so that every bin number fits and ln stays finite.
SMALLEST = 1e-6


def bin_of(value: float) -> int:
    """Return the number of the log bin a value falls in."""
    return ZERO_BIN if value < SMALLEST else math.floor(math.log(value) / LOG_WIDTH)


def value_of(number: int) -> float:
    """Return what a log bin stands for."""
    return 0.0 if number == ZERO_BIN else math.exp((number + 0.5) * LOG_WIDTH)

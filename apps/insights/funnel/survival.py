"""How long something lasts where some of it still does: the product-limit estimate, from counts by log bins. Pure.

What still lasts is counted among those at risk up to where it has come, and never as ended.
Source: Kaplan and Meier, Nonparametric Estimation from Incomplete Observations (1958).
"""

from collections.abc import Mapping

from apps.metrics.statistics.bins import value_of

# By bin: how many ended in it, and how many had come so far and go on.
Lasting = Mapping[int, tuple[int, int]]


def quantile(lasting: Lasting, fraction: float) -> float | None:
    """Return after how long this share of them has ended, within 1 %; None where too many go on to tell."""
    at_risk = sum(ended + going_on for ended, going_on in lasting.values())
    left = 1.0
    for number in sorted(lasting):
        ended, going_on = lasting[number]
        left *= 1 - ended / at_risk
        # A share of halves and tenths is met by counts, whatever the last digit of their product.
        if left <= 1 - fraction + 1e-12:
            return value_of(number)
        at_risk -= ended + going_on
    return None

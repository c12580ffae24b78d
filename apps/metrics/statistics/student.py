"""Student's t, as far as a 95 % interval needs it."""

from apps.metrics.statistics.arithmetic import Arithmetic, N

_EXACT = (12.7062, 4.30265, 3.18245, 2.77645, 2.57058, 2.44691, 2.36462, 2.30600, 2.26216, 2.22814)
_Z = 1.959963984540054


def two_sided_95(of: Arithmetic[N], freedom: N) -> N:
    """Return t of the given degrees of freedom (from 1): a table up to ten, then an expansion within 0.0001.

    Source: Abramowitz and Stegun, 26.7.5.
    """
    z, v = _Z, freedom
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    expanded = z + first / v + second / (v * v) + third / (v * v * v)
    return of.above(v, len(_EXACT), expanded, of.looked_up(_EXACT, v))

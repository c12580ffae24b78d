"""How likely chance alone brings so much: exact tails, each a sum that stops where nothing more is added. Pure."""

from math import exp, lgamma, log
from typing import Final

_NOTHING: Final = 1e-17


def at_least_by_chance(bad: int, of: int, share: float) -> float:
    """Return how likely at least so many of so many go badly, if each does so with the probability `share`.

    The upper tail of the binomial distribution.
    """
    if bad <= of * share:
        return 1.0
    if share <= 0 or share >= 1:
        return 0.0 if share <= 0 else 1.0
    term = exp(_ways(of, bad) + bad * log(share) + (of - bad) * log(1 - share))
    total, odds = term, share / (1 - share)
    for place in range(bad, of):
        term *= (of - place) / (place + 1) * odds
        total += term
        if term < total * _NOTHING:
            break
    return min(total, 1.0)


def more_than_rest_by_chance(these: tuple[int, int], rest: tuple[int, int]) -> float:
    """Return how likely at least so many of all that went badly are among these, if all are alike.

    Each is (bad, of). The upper tail of the hypergeometric distribution: Fisher's exact test, one-sided.
    """
    (bad, of), (rest_bad, rest_of) = these, rest
    all_bad, all_ = bad + rest_bad, of + rest_of
    if not all_ or bad <= of * all_bad / all_:
        return 1.0
    term = exp(_ways(of, bad) + _ways(rest_of, rest_bad) - _ways(all_, all_bad))
    total = term
    for place in range(bad, min(of, all_bad)):
        term *= (of - place) * (all_bad - place) / ((place + 1) * (rest_of - all_bad + place + 1))
        total += term
        if term < total * _NOTHING:
            break
    return min(total, 1.0)


def _ways(of: int, chosen: int) -> float:
    """Return the logarithm of how many ways there are to choose so many of so many."""
    return lgamma(of + 1) - lgamma(chosen + 1) - lgamma(of - chosen + 1)

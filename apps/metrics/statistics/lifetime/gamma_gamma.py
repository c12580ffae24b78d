"""Gamma-Gamma: how much a customer's purchases are worth, as far as a few of them can tell.

A purchase's value is gamma distributed about the customer's own mean, and these means are, inversely, over customers
(by p, q and v). How much somebody spends must not hang on how often.
Source: Fader and Hardie, The Gamma-Gamma Model of Monetary Value (2013).
"""

import math
from typing import NamedTuple

import numpy as np

from apps.metrics.statistics.arithmetic import Floats
from apps.metrics.statistics.lifetime.maximum import maximise


class GammaGamma(NamedTuple):
    """A fitted model; its money is in the currency of the values it was fitted to."""

    p: float
    q: float
    v: float
    log_likelihood: float

    @property
    def population_mean(self) -> float:
        """Return what a purchase of somebody unknown is worth; infinite where q does not exceed 1."""
        return self.p * self.v / (self.q - 1) if self.q > 1 else math.inf

    def expected_value(self, purchases: Floats, mean: Floats) -> Floats:
        """Return what each customer's purchases are worth, after so many of that mean; of none: everybody's."""
        return self.p * (self.v + purchases * mean) / (self.p * purchases + self.q - 1)


def fit_gamma_gamma(purchases: Floats, mean: Floats) -> GammaGamma | None:
    """Return the model that makes these means of one purchase or more most likely; None where it does not converge.

    All means must be positive. The fit is made on means of about one, whatever the currency.
    """
    if not len(mean):
        return None
    scale = float(np.median(mean))
    means = mean / scale
    counts, place = np.unique(purchases, return_inverse=True)
    total = float(len(means))

    def likelihood(p: float, q: float, v: float) -> float:
        of_count = [math.lgamma(p * x + q) - math.lgamma(p * x) + p * x * math.log(x) for x in counts.tolist()]
        gammas = np.array(of_count) - math.lgamma(q) + q * math.log(v)
        shapes = p * purchases
        each = gammas[place] + (shapes - 1) * np.log(means) - (shapes + q) * np.log(v + purchases * means)
        return float(each.sum())

    found = maximise(lambda parameters: likelihood(*parameters) / total, (2.0, 3.0, 1.0))
    if found is None:
        return None
    p, q, v = found.at
    return GammaGamma(p, q, v * scale, found.value * total - total * math.log(scale))

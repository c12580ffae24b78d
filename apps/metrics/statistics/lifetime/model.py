"""Both models together: what customers are worth over the months ahead, or why nobody can say."""

from dataclasses import dataclass

import numpy as np

from apps.metrics.statistics.arithmetic import Floats
from apps.metrics.statistics.lifetime.bg_nbd import BgNbd, Histories, fit_bg_nbd
from apps.metrics.statistics.lifetime.gamma_gamma import GammaGamma, fit_gamma_gamma

FEWEST_REPEATING = 200
# How much somebody spends must not hang on how often; on CDNOW, the textbook's data, the correlation is 0.11.
MOST_CORRELATED = 0.3
DAYS_A_MONTH = 365.25 / 12

TOO_FEW = f"Fewer than {FEWEST_REPEATING} customers bought more than once."
CORRELATED = f"How much customers spend hangs on how often they buy: the correlation exceeds {MOST_CORRELATED}."
NO_BUYING_MODEL = "The model of how often customers buy did not converge."
NO_VALUE_MODEL = "The model of what purchases are worth did not converge to a finite mean."


@dataclass(frozen=True, slots=True)
class Terms:
    """How what is ahead is valued: over so many months, discounted a month, of what share of revenue stays."""

    months: int
    monthly_discount: float
    margin: float


@dataclass(frozen=True, slots=True)
class Model:
    """Fitted to customers watched by the day; `correlation` is that of how often and how much, of repeating ones."""

    buying: BgNbd
    spending: GammaGamma
    customers: int
    repeating: int
    correlation: float

    def values(self, histories: Histories, means: Floats, terms: Terms) -> Floats:
        """Return what each customer is worth over the months ahead, today, in the currency of the means."""
        before, bought = np.zeros_like(means), np.zeros_like(means)
        months = range(1, terms.months + 1)
        within = self.buying.expected_within(histories, (month * DAYS_A_MONTH for month in months))
        for month, by_then in zip(months, within, strict=True):
            bought += (by_then - before) / (1 + terms.monthly_discount) ** month
            before = by_then
        known = np.where(means > 0, histories.repeats, 0.0)
        return bought * self.spending.expected_value(known, means) * terms.margin


def fit(histories: Histories, means: Floats) -> Model | str:
    """Return the model of these customers, or the reason why there is none.

    `means` are of the purchases after the first; those of who never bought again, or for nothing, are not looked at.
    """
    again = (histories.repeats > 0) & (means > 0)
    repeating = int(np.count_nonzero(again))
    if repeating < FEWEST_REPEATING:
        return TOO_FEW
    repeats, spent = histories.repeats[again], means[again]
    correlation = _correlation(repeats, spent)
    if abs(correlation) > MOST_CORRELATED:
        return CORRELATED
    buying = fit_bg_nbd(histories)
    if buying is None:
        return NO_BUYING_MODEL
    spending = fit_gamma_gamma(repeats, spent)
    if spending is None or spending.q <= 1:
        return NO_VALUE_MODEL
    return Model(buying, spending, len(means), repeating, correlation)


def _correlation(first: Floats, second: Floats) -> float:
    """Return Pearson's correlation; 0 where either does not vary."""
    deviations = first - first.mean(), second - second.mean()
    spread = float(np.sqrt((deviations[0] @ deviations[0]) * (deviations[1] @ deviations[1])))
    return float(deviations[0] @ deviations[1]) / spread if spread else 0.0

"""BG/NBD: how often customers without a contract buy again, and which of them are still customers.

While it is one, a customer buys at random at a rate of its own (gamma distributed, by r and alpha); after every
purchase it leaves with a chance of its own (beta distributed, by a and b). Of its past only three numbers matter: how
often it bought again, when it last did and how long it has been watched, both counted from its first purchase.
Source: Fader, Hardie and Lee, "Counting Your Customers" the Easy Way (2005).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from apps.metrics.statistics.arithmetic import Floats
from apps.metrics.statistics.lifetime.hypergeometric import one_less_powered
from apps.metrics.statistics.lifetime.maximum import maximise

# Beyond this a power is as good as infinite: nobody who has been silent for so long is still there.
_LARGEST_LOG = 700.0
# Formulas divide by a - 1; as near to 1 as this they are as good as at it.
_APART = 1e-5


@dataclass(frozen=True, slots=True)
class Histories:
    """Customers by what matters of their past: `repeats` are counts, `recency` and `age` in any one unit of time."""

    repeats: Floats
    recency: Floats
    age: Floats


class BgNbd(NamedTuple):
    """A fitted model; its time is in the unit of the histories it was fitted to."""

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float

    def p_alive(self, histories: Histories) -> Floats:
        """Return the probability that each is still a customer; 1 for who never bought again, having had no chance to
        leave by this model.
        """
        return 1 / (1 + self._odds_of_gone(histories))

    def expected_purchases(self, histories: Histories, ahead: float) -> Floats:
        """Return how many purchases to expect of each within the time ahead."""
        return next(self.expected_within(histories, (ahead,)))

    def expected_within(self, histories: Histories, aheads: Iterable[float]) -> Iterator[Floats]:
        """Tell for each of these times ahead how many purchases to expect of each within it.

        Those of one count and age differ by their recency alone, so the series is summed once for all of these.
        """
        pairs, which = np.unique(np.stack([histories.repeats, histories.age]), axis=1, return_inverse=True)
        a = self.a if abs(self.a - 1) > _APART else 1 + _APART
        repeats, age = pairs
        top = a + self.b + repeats - 1
        alive = self.p_alive(histories)
        for ahead in aheads:
            missing = one_less_powered(a - 1, a + self.b - 1 - self.r, top, ahead / (self.alpha + age + ahead))
            of_pair: Floats = top / (a - 1) * missing
            yield of_pair[which.reshape(-1)] * alive

    def _odds_of_gone(self, histories: Histories) -> Floats:
        repeats = histories.repeats
        log = np.log(self.alpha + histories.age) - np.log(self.alpha + histories.recency)
        powered = np.exp(np.minimum((self.r + repeats) * log, _LARGEST_LOG))
        return np.where(repeats > 0, self.a / (self.b + np.maximum(repeats, 1) - 1) * powered, 0.0)


def fit_bg_nbd(histories: Histories) -> BgNbd | None:
    """Return the model that makes these histories most likely; None where it does not converge.

    Equal histories are counted, not repeated; so 200,000 customers watched by the day are a few ten thousand.
    """
    rows, counts = np.unique(
        np.stack([histories.repeats, histories.recency, histories.age]), axis=1, return_counts=True
    )
    again = rows[0] > 0
    if not again.any():
        return None
    total = float(counts.sum())
    likelihood = _likelihood(rows[:, again], counts[again], rows[2, ~again], counts[~again])
    rate = float(rows[0] @ counts) / float(rows[2] @ counts)
    found = maximise(lambda parameters: likelihood(*parameters) / total, (0.5, 0.5 / rate, 0.5, 2.0))
    if found is None:
        return None
    r, alpha, a, b = found.at
    return BgNbd(r, alpha, a, b, found.value * total)


def _likelihood(again: Floats, counts: Floats, once: Floats, once_counts: Floats) -> Callable[..., float]:
    """Return the log-likelihood of the four parameters.

    Counts are whole numbers, so quotients of gamma functions are products: sums of logarithms, added up once.
    """
    repeats, recency, age = again
    before = np.arange(int(repeats.max()))
    place = repeats.astype(np.int64) - 1

    def likelihood(r: float, alpha: float, a: float, b: float) -> float:
        rising = np.cumsum(np.log(r + before) + np.log(b + before) - np.log(a + b + before))
        alive = -(r + repeats) * np.log(alpha + age)
        gone = np.log(a) - np.log(b + repeats - 1) - (r + repeats) * np.log(alpha + recency)
        bought_again = rising[place] + r * np.log(alpha) + np.logaddexp(alive, gone)
        bought_once = r * (np.log(alpha) - np.log(alpha + once))
        return float(bought_again @ counts + bought_once @ once_counts)

    return likelihood

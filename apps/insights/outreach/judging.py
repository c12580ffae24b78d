"""Whether those who were told contact less, or leave less, than those held out. Pure: no database.

Everybody counts in the group it was drawn for, whether the message reached it or not: what is compared is reaching out
with not doing so. Source: Newcombe (1998), method 10, for the interval; the pooled test of two proportions.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from apps.insights.experience.pairs import Share, unpaired_interval
from apps.metrics.statistics.comparisons import ALPHA, two_proportions
from apps.metrics.statistics.intervals import Interval

# Of fewer customers in either group nothing is compared.
FEWEST: Final = 50


class Verdict(StrEnum):
    PREVENTS = "PREVENTS"
    CAUSES = "CAUSES"
    NO_DIFFERENCE_FOUND = "NO_DIFFERENCE_FOUND"
    NOT_KNOWN = "NOT_KNOWN"


class Unknown(StrEnum):
    """Why nothing is known yet: no window is over, too few are, or nobody or everybody did it."""

    NO_WINDOW_OVER = "NO_WINDOW_OVER"
    TOO_FEW_TREATED = "TOO_FEW_TREATED"
    TOO_FEW_HELD_OUT = "TOO_FEW_HELD_OUT"
    NO_VARIATION = "NO_VARIATION"


@dataclass(frozen=True, slots=True)
class Effect:
    """Of so many treated and held out, how many did something; by how much fewer of the treated."""

    treated: Share
    held_out: Share

    @property
    def unknown(self) -> Unknown | None:
        if self.treated.of + self.held_out.of == 0:
            return Unknown.NO_WINDOW_OVER
        if self.treated.of < FEWEST:
            return Unknown.TOO_FEW_TREATED
        if self.held_out.of < FEWEST:
            return Unknown.TOO_FEW_HELD_OUT
        return Unknown.NO_VARIATION if self._spread in (0, self.treated.of + self.held_out.of) else None

    @property
    def _spread(self) -> int:
        return self.treated.good + self.held_out.good

    @property
    def prevented(self) -> float | None:
        """Return the rate of those held out less that of those treated; None where it is not known."""
        if self.unknown is not None or self.treated.value is None or self.held_out.value is None:
            return None
        return self.held_out.value - self.treated.value

    @property
    def interval(self) -> Interval | None:
        return None if self.unknown else unpaired_interval(self.held_out, self.treated)

    @property
    def p_value(self) -> float | None:
        return None if self.unknown else two_proportions(self.held_out, self.treated)

    @property
    def prevented_customers(self) -> float | None:
        """Return how many of the treated that is."""
        return None if self.prevented is None else self.prevented * self.treated.of

    @property
    def verdict(self) -> Verdict:
        if self.prevented is None or self.p_value is None:
            return Verdict.NOT_KNOWN
        if self.p_value >= ALPHA:
            return Verdict.NO_DIFFERENCE_FOUND
        return Verdict.PREVENTS if self.prevented > 0 else Verdict.CAUSES

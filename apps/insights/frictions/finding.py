"""What in the counts of a span is friction and not chance. Pure.

Each touchpoint is held against what its service level allows, or against all others. A finding is one only where
chance would bring it in fewer than one run of a hundred, all comparisons of the run taken together (Bonferroni), and
where it is large enough to be worth anybody's time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from apps.insights.frictions.chance import at_least_by_chance, more_than_rest_by_chance

ALPHA: Final = 0.01
FEWEST: Final = 30
# What share of what happens at a touchpoint may go badly, where no service level says.
USUALLY_ALLOWED: Final = 0.10
# Beside the others, a share counts as higher from here on.
TIMES: Final = 1.25
POINTS: Final = 0.05
# From which share of the customers active meanwhile on it is the system that fails, and not a service.
SYSTEMIC: Final = 0.05

SLOW, FAILING, REPEATS, HARD = "SLOW", "FAILING", "REPEATS", "HARD"


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of what was looked at went badly."""

    bad: int
    of: int

    @property
    def share(self) -> float:
        return self.bad / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Observed:
    """What was counted at a touchpoint by one rule. `allowed`: the share that may go badly; None: as all others."""

    touchpoint: str
    rule: str
    counted: Counted
    allowed: float | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Friction at a touchpoint: what was counted, and the share that would have been all right."""

    touchpoint: str
    rule: str
    counted: Counted
    expected: float

    @property
    def excess(self) -> float:
        return self.counted.share - self.expected


def find(observed: Sequence[Observed]) -> list[Finding]:
    """Return what is friction, the largest excess first."""
    judged = [each for each in observed if each.counted.of >= FEWEST]
    found = []
    for each in judged:
        expected, chance = _judge(each, judged)
        if chance < ALPHA / len(judged) and each.counted.share > expected:
            found.append(Finding(each.touchpoint, each.rule, each.counted, expected))
    return sorted(found, key=lambda finding: (-finding.excess, finding.touchpoint, finding.rule))


def _judge(each: Observed, all_: Iterable[Observed]) -> tuple[float, float]:
    """Return which share was to be expected, and how likely chance explains that it is higher."""
    if each.allowed is not None:
        return each.allowed, at_least_by_chance(each.counted.bad, each.counted.of, each.allowed)
    others = [other.counted for other in all_ if other.rule == each.rule and other.touchpoint != each.touchpoint]
    rest = Counted(sum(other.bad for other in others), sum(other.of for other in others))
    if rest.of < FEWEST or each.counted.share < max(TIMES * rest.share, rest.share + POINTS):
        return rest.share, 1.0
    return rest.share, more_than_rest_by_chance((each.counted.bad, each.counted.of), (rest.bad, rest.of))


def clearly_worse(now: Counted, then: Counted) -> bool:
    """Tell whether what was looked at and put aside has become so much worse that it is worth another look."""
    if now.of < FEWEST or now.share < max(TIMES * then.share, then.share + POINTS):
        return False
    return more_than_rest_by_chance((now.bad, now.of), (then.bad, then.of)) < ALPHA


def severity(finding: Finding, *, systemic: bool) -> str:
    """Grade a finding: by how far it is from what was expected, and a grade higher where it is systemic."""
    grades = ("LOW", "MEDIUM", "HIGH", "CRITICAL")
    place = 2 if finding.excess >= 0.3 else 1 if finding.excess >= 0.1 else 0
    return grades[place + systemic]


def is_systemic(affected: int, active: int) -> bool:
    """Tell whether it met so many of those who were active meanwhile that it is no single failure."""
    return active >= FEWEST and affected >= SYSTEMIC * active

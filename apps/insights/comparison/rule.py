"""A published definition as a value: the rows it leaves out, those that fail it, and what each of the rest adds.

All SQL in it is constant, over the aliases of the subject's rows; nothing of a request ever enters it. What a rule asks
about a row that is unknown is unknown (NULL): it passes no condition, so a rule names what it cannot judge itself.
"""

from dataclasses import dataclass
from enum import StrEnum

from apps.metrics.definitions.facts.fact import Fact
from apps.metrics.definitions.metric import Metric
from apps.metrics.definitions.parts import Reason, Variant
from apps.metrics.definitions.vocabulary import Unit


class Standing(StrEnum):
    """Where a definition puts a row: above the line and below it, below it alone, or nowhere."""

    ABOVE = "ABOVE"
    BELOW = "BELOW"
    LEFT_OUT = "LEFT_OUT"


@dataclass(frozen=True, slots=True)
class Anchor:
    """The moment by which a rule puts a row into a window, where that is not the one our metric goes by.

    `text` says of a row that it lies outside. `reads` is what rows inside are found by: it lets all of them through,
    and an index knows it.
    """

    moment: str
    text: str
    reads: str


def within(moment: str) -> str:
    """Return the condition that a moment lies in the window."""
    return f"{moment} >= %(start)s AND {moment} < %(end)s"


@dataclass(frozen=True, slots=True)
class Rule:
    """One vendor's definition. The first of `left_out` that a row passes keeps it out, then the first of `fails` keeps
    it below the line; what passes none of them is above it.

    Without a `value` it is a share of rows; with one, what all rows below the line add up to, divided by their
    `weight`s. `differs` says why a value or a weight is another than ours, the last reason being for all. `caveat` says
    what our rows do not tell, or the vendor's text leaves open, and what was chosen.
    """

    key: str
    vendor: str
    name: str
    description: str
    formula: str
    source: str
    left_out: tuple[Reason, ...] = ()
    fails: tuple[Reason, ...] = ()
    value: str | None = None
    weight: str | None = None
    differs: tuple[Reason, ...] = ()
    anchor: Anchor | None = None
    unit: Unit | None = None
    caveat: str | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What is disputed: our metric in one variant, the rules it is held against, and the rows they are all put to.

    `rows` is the metric's fact with all columns that a rule asks for; its `reach` is as far as the farthest-looking of
    them sees. `left_out` and `fails` are our metric's reasons, the last of each being for all; they only put into
    words what its components decide.
    """

    key: str
    description: str
    metric: Metric
    variant: Variant
    rows: Fact
    left_out: tuple[Reason, ...]
    rules: tuple[Rule, ...]
    fails: tuple[Reason, ...] = ()

"""A definition as SQL: for every row a number that says where the definition puts it and why. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from apps.insights.comparison.rule import Rule, Standing, Subject, within
from apps.metrics.definitions.parts import Reason

OUTSIDE = "It does not lie in the window, by the moment that our metric goes by."
_UNRIPE = Reason("Not enough time has passed since to judge it.", "{time} >= %(ripe_until)s")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A place that a definition may put a row in, and the reason; None for what is above the line."""

    standing: Standing
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Coded:
    """A definition's SQL, all of it constant: `code` is a row's place among `outcomes`.

    `differs` is 0 where the row's value and weight are ours, else the place of the reason among `differences`, from 1.
    A definition without a `value` is a share of rows.
    """

    outcomes: tuple[Outcome, ...]
    code: str
    value: str | None
    weight: str | None
    differs: str = "0"
    differences: tuple[str, ...] = ()


class _Places:
    """The outcomes of a definition, each with its number."""

    def __init__(self) -> None:
        self.known = [Outcome(Standing.ABOVE)]

    def add(self, standing: Standing, reason: Reason) -> str:
        """Return the branch of a CASE that puts what passes the reason there."""
        self.known.append(Outcome(standing, reason.text))
        return f"WHEN {reason.where} THEN {len(self.known) - 1}"

    def one_of(self, standing: Standing, unless: str, reasons: Sequence[Reason]) -> str:
        """Return the branch that puts all there but what passes `unless`, each row for the first reason it passes."""
        branches = " ".join(self.add(standing, reason) for reason in reasons)
        return f"WHEN ({unless}) IS NOT TRUE THEN CASE {branches} END"


def ours(subject: Subject) -> Coded:
    """Return our metric's definition: its own components decide, the subject's reasons say why."""
    variant, rows, places = subject.variant, subject.rows, _Places()
    counted = variant.size.where
    branches = [
        places.one_of(Standing.LEFT_OUT, within(rows.time), [Reason(OUTSIDE)]),
        places.add(Standing.LEFT_OUT, Reason(_UNRIPE.text, _UNRIPE.where.format(time=rows.time))),
        places.one_of(Standing.LEFT_OUT, counted, [*_unknown(subject), *subject.left_out]),
    ]
    if variant.measure is None:
        branches.append(places.one_of(Standing.BELOW, variant.numerator.where, subject.fails))
    value = None if variant.measure is None else variant.measure.value
    return Coded(tuple(places.known), f"CASE {' '.join(branches)} ELSE 0 END", value, None)


def theirs(rule: Rule, subject: Subject) -> Coded:
    """Return a vendor's definition, with why its value of a row is another than ours."""
    places, anchor = _Places(), rule.anchor
    inside = within(subject.rows.time if anchor is None else anchor.moment)
    outside = places.one_of(Standing.LEFT_OUT, inside, [Reason(OUTSIDE if anchor is None else anchor.text)])
    left_out = [places.add(Standing.LEFT_OUT, reason) for reason in rule.left_out]
    # What has no such moment is better told by why it has none.
    first = [outside, *left_out] if anchor is None else [*left_out, outside]
    fails = [places.add(Standing.BELOW, reason) for reason in rule.fails]
    return Coded(
        tuple(places.known),
        f"CASE {' '.join(chain(first, fails))} ELSE 0 END",
        rule.value,
        rule.weight,
        _differs(rule, subject),
        tuple(reason.text for reason in rule.differs),
    )


def _differs(rule: Rule, subject: Subject) -> str:
    if not rule.differs:
        return "0"
    measure = subject.variant.measure
    mine = "1" if measure is None else measure.value
    same = f"({_number(rule.value or '1')}, {_number(rule.weight or '1')}) IS NOT DISTINCT FROM ({_number(mine)}, 1)"
    branches = " ".join(f"WHEN {reason.where} THEN {place}" for place, reason in enumerate(rule.differs, start=1))
    return f"CASE WHEN {same} THEN 0 {branches} END"


def _unknown(subject: Subject) -> list[Reason]:
    """Return why our metric leaves rows out of which it does not know enough, as its definition has it."""
    excluded = subject.variant.excluded
    if excluded is None:
        return []
    return [Reason(reason.text, f"({excluded.where}) AND ({reason.where})") for reason in excluded.reasons]


def _number(sql: str) -> str:
    return f"({sql})::float8"

"""Hold our definition of a number against vendors', over the same rows. Runs inside the brand's door.

Two SELECTs, whatever is compared: how far rows may be judged, and one that puts every row to every definition.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from apps.insights.comparison import statements
from apps.insights.comparison.coded import Coded, ours, theirs
from apps.insights.comparison.differences import Difference, difference
from apps.insights.comparison.figures import Told, told
from apps.insights.comparison.lines import Line
from apps.insights.comparison.rule import Rule, Subject
from apps.insights.comparison.subjects import SUBJECTS
from apps.metrics.definitions.vocabulary import Unit
from apps.metrics.filters import EVERYTHING, FIELDS, Where, check
from apps.metrics.freshness import Freshness, freshness_of
from apps.metrics.rows import reading
from apps.metrics.statements import Parameters, bound
from apps.metrics.windows import Window
from cxplatform.errors import BadInput
from cxplatform.tenancy.doors import current_brand, read

MOST_DAYS = 92


@dataclass(frozen=True, slots=True)
class Compared:
    """A vendor's definition, what it comes to, and what it counts otherwise than ours."""

    rule: Rule
    unit: Unit
    told: Told
    difference: Difference


@dataclass(frozen=True, slots=True)
class Comparison:
    """The same rows under our definition and under all others of the subject."""

    subject: Subject
    window: Window
    ours: Told
    others: Sequence[Compared]
    as_of: datetime
    provisional: bool


def compare_definitions(key: str, window: Window, *, now: datetime, where: Where = EVERYTHING) -> Comparison:
    """Return what our metric and every vendor's rule come to. Raises: BadInput, also past 92 days."""
    subject = checked(key, window, where)
    fresh = _fresh(subject, now)
    definitions = [ours(subject), *(theirs(rule, subject) for rule in subject.rules)]
    found = read(statements.tally(subject, definitions, where), parameters(subject, window, fresh, where))
    lines = [Line.of(row, len(definitions)) for row in found]
    known = [told(each, place, lines) for place, each in enumerate(definitions)]
    others = [
        Compared(rule, _unit(subject, rule), known[place], difference(definitions, place, lines, known))
        for place, rule in enumerate(subject.rules, start=1)
    ]
    return Comparison(subject, window, known[0], others, fresh.as_of, fresh.provisional(window.start, window.end))


def checked(key: str, window: Window, where: Where) -> Subject:
    """Return the subject. Raises: BadInput, naming the field."""
    subject = SUBJECTS[key]
    if window.end - window.start > timedelta(days=MOST_DAYS, hours=1):
        raise BadInput(f"Definitions are compared over {MOST_DAYS} days at most.", field="window.to")
    check(subject.rows, where)
    for dimension, _ in where:
        # Of few answers it could be told whose each is; metrics hide such numbers, and a comparison shows them apart.
        if dimension in subject.rows.private:
            field = f"where.{FIELDS[dimension]}"
            raise BadInput(f"Definitions of answers are not compared by {dimension.value.lower()}.", field=field)
    return subject


def ready(subject: Subject, window: Window, *, now: datetime, where: Where) -> Parameters:
    """Return what the statements over a subject's rows bind. One SELECT."""
    return parameters(subject, window, _fresh(subject, now), where)


def parameters(subject: Subject, window: Window, fresh: Freshness, where: Where) -> Parameters:
    """Return what the statements over a subject's rows bind, at a state of freshness."""
    ripe_until = fresh.mature_until
    return {
        **reading(subject.rows, window.start, window.end),
        **bound(where),
        "ripe_until": ripe_until or window.end,
        "known_until": fresh.now if ripe_until is None else ripe_until + subject.metric.fact.matures_after,
    }


def coded(subject: Subject, rule: Rule) -> tuple[Coded, Coded]:
    """Return our definition and a vendor's."""
    return ours(subject), theirs(rule, subject)


def _fresh(subject: Subject, now: datetime) -> Freshness:
    fact = subject.metric.fact
    return freshness_of([fact], zone=current_brand().zone, now=now)[fact.key]


def _unit(subject: Subject, rule: Rule) -> Unit:
    return rule.unit or subject.metric.unit_of(subject.variant)

"""What a comparison reads, as SQL: constant but for the dimensions it is narrowed by, whose values are bound."""

from collections.abc import Sequence

from apps.insights.comparison.coded import Coded
from apps.insights.comparison.rule import Subject, within
from apps.metrics.filters import Where
from apps.metrics.statements import joins, row_conditions


def tally(subject: Subject, definitions: Sequence[Coded], where: Where) -> str:
    """Return how many rows every combination of outcomes has, and what the values and weights of each add up to.

    A line is the codes of all definitions, then how each one's value differs, the number of rows, and three sums of
    each: of values, of their squares, of weights.
    """
    places = range(len(definitions))
    codes = ", ".join([*(f"c{place}" for place in places), *(f"d{place}" for place in places)])
    sums = ", ".join(f"sum(v{place}), sum(v{place} * v{place}), sum(w{place})" for place in places)
    return f"SELECT {codes}, count(*), {sums} FROM ({_judged(subject, definitions, where)}) j GROUP BY {codes}"  # noqa: S608  # constants


def page(subject: Subject, ours: Coded, theirs: Coded, where: Where, *, beyond: bool) -> str:
    """Return the rows that two definitions treat otherwise, the newest first: moment, id, both codes, the difference.

    The standings of each one's codes are bound as ours_standings and theirs_standings, those wanted as ours and theirs.
    """
    after = "AND (j.moment, j.id) < (%(after_time)s, %(after_id)s)" if beyond else ""
    return f"""
        SELECT j.moment, j.id, j.c0, j.c1, j.d1
        FROM (
            SELECT j.*, (%(ours_standings)s::text[])[j.c0 + 1] AS s0, (%(theirs_standings)s::text[])[j.c1 + 1] AS s1
            FROM ({_judged(subject, (ours, theirs), where)}) j
        ) j
        WHERE (j.s0 <> j.s1 OR j.s0 = 'ABOVE' AND j.d1 > 0)
          AND j.s0 = ANY(%(ours)s) AND j.s1 = ANY(%(theirs)s) {after}
        ORDER BY j.moment DESC, j.id DESC LIMIT %(limit)s
    """  # noqa: S608  # constants


def _judged(subject: Subject, definitions: Sequence[Coded], where: Where) -> str:
    rows = subject.rows
    columns = [f"{rows.time} AS moment", "f.id"]
    for place, each in enumerate(definitions):
        columns += [
            f"({each.code}) AS c{place}",
            f"({each.differs}) AS d{place}",
            f"({each.value or '1'})::float8 AS v{place}",
            f"({each.weight or '1'})::float8 AS w{place}",
        ]
    conditions = [f"({_read(subject)})", *row_conditions(rows, where)]
    return f"""
        SELECT {", ".join(columns)}
        FROM {rows.source} {joins(rows, [key for key, _ in where])}
        WHERE {" AND ".join(conditions)}
    """  # noqa: S608  # constants


def _read(subject: Subject) -> str:
    """Return which rows are read: those in the window by our metric's moment, or by the moment of a rule."""
    anchors = {rule.anchor.reads for rule in subject.rules if rule.anchor is not None}
    return " OR ".join(f"({each})" for each in [within(subject.rows.time), *sorted(anchors)])

"""The rows behind a number: which ones each of its parts is made of, what each adds, and why some are left out.

One of the modules that may write SQL by hand: its texts come from definitions, values are always bound.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from apps.metrics.asking import Ask
from apps.metrics.definitions.parts import Reason, Share
from apps.metrics.rows import reading
from apps.metrics.spans import bound_spans
from apps.metrics.statements import bound, joins, row_conditions
from cxplatform.tenancy.doors import read

Position = tuple[datetime, UUID]
_LEAST = timedelta(microseconds=1)
_FIRST_LOOK = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a number: when it happened, what it adds to the part, why it is left out if it is."""

    moment: datetime
    id: UUID
    amount: float | None
    reason: str | None

    @property
    def position(self) -> Position:
        """Return where it stands among all, the newest first."""
        return (self.moment, self.id)


def records(ask: Ask, shares: Sequence[Share], *, after: Position | None, limit: int) -> list[Record]:
    """Return the newest rows of a part, after a position among them: one SELECT for a fact of single rows."""
    found: list[Record] = []
    # Where a span ends decides what became of whom; its rows all have its start.
    end = ask.end if after is None or ask.fact.spanned else min(ask.end, after[0] + _LEAST)
    for start, until in _looks(replace(ask, end=end)) if shares else ():
        found += _read(replace(ask, start=start, end=until), shares, after, limit - len(found))
        if len(found) >= limit:
            break
    return found


def reasons(ask: Ask, shares: Sequence[Share]) -> list[tuple[str, int]]:
    """Return why rows are left out and how many for each reason, the most frequent first, in one SELECT."""
    known = _reasons(shares)
    if not known or ask.start >= ask.end:
        return []
    lines = read(f"SELECT {_reason(shares)}, count(*) {_from(ask, shares)} GROUP BY 1", _parameters(ask))
    return Counter({known[place].text: count for place, count in lines}).most_common()


def _looks(ask: Ask) -> Iterator[tuple[datetime, datetime]]:
    """Yield the spans to look through, from the last on, each twice as long as the one before.

    So that a page of a fact whose rows look at their neighbours compares few of them; any other is one span.
    """
    length = _FIRST_LOOK if ask.fact.reach else ask.end - ask.start
    until = ask.end
    while until > ask.start:
        start = max(ask.start, until - length)
        yield start, until
        until, length = start, 2 * length


def _read(ask: Ask, shares: Sequence[Share], after: Position | None, limit: int) -> list[Record]:
    time = ask.fact.time
    beyond = f"AND ({time}, f.id) < (%(after_time)s, %(after_id)s)" if after else ""
    amounts = " ".join(f"WHEN {share.counted.where} THEN ({share.amount})::float8" for share in shares)
    text = f"""
        SELECT {time}, f.id, CASE {amounts} END, {_reason(shares)} {_from(ask, shares)} {beyond}
        ORDER BY {time} DESC, f.id DESC LIMIT %(limit)s
    """
    known = _reasons(shares)
    return [
        Record(moment, key, amount, None if reason is None else known[reason].text)
        for moment, key, amount, reason in read(text, {**_parameters(ask), **_bound_position(after), "limit": limit})
    ]


def _from(ask: Ask, shares: Sequence[Share]) -> str:
    fact = ask.fact
    of_part = " OR ".join(f"({share.counted.where})" for share in shares)
    conditions = [f"({of_part})", *row_conditions(fact, ask.where)]
    return f"""
        FROM {fact.source_for(share.counted for share in shares)} {joins(fact, ask.dimensions)}
        WHERE {fact.time} >= %(start)s AND {fact.time} < %(end)s AND {" AND ".join(conditions)}
    """


def _reasons(shares: Sequence[Share]) -> list[Reason]:
    return [reason for share in shares for reason in share.counted.reasons]


def _reason(shares: Sequence[Share]) -> str:
    """Return the number of the first reason that a row passes; NULL for a part that leaves nothing out."""
    whens = [f"WHEN {reason.where} THEN {place}" for place, reason in enumerate(_reasons(shares))]
    return f"CASE {' '.join(whens)} END" if whens else "NULL"


def _parameters(ask: Ask) -> dict[str, Any]:
    return {
        **reading(ask.fact, ask.start, ask.end),
        **bound(ask.where),
        **bound_spans(ask),
        "standing_at": ask.standing_at,
    }


def _bound_position(after: Position | None) -> dict[str, Any]:
    return {"after_time": after[0], "after_id": after[1]} if after else {}

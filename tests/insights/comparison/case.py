"""Cases small enough to reckon by hand: rows of March 2026, and what each definition makes of them.

An answer is (numerator, denominator); OURS is our metric. A why is (ours, theirs, how the reason begins, how many).
"""

from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]
Answers = dict[str, tuple[float, float]]
Why = tuple[str, str, str, int]


@dataclass(frozen=True)
class Case:
    subject: str
    title: str
    rows: list[Row]
    answers: Answers
    whys: dict[str, list[Why]] = field(default_factory=dict)


# What is known of April lets March be judged.
LATER: Row = {"opened_at": "2026-05-20T09:00Z", "direction": "OUTBOUND"}


def at(day: int, time: str = "09:00") -> str:
    return f"2026-03-{day:02}T{time}Z"


def call(day: int, time: str = "09:00", **row: Any) -> Row:
    return {"opened_at": at(day, time), "channel": "PHONE", "answered": True, "wait_seconds": 10, **row}

"""What is known of rows drawn at random, and the moments that vendors ask for, in plain Python."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.metrics import plain

Row = Mapping[str, Any]
Told = tuple[float, float, int]
MONTH = timedelta(hours=720)


@dataclass(frozen=True)
class Known:
    """What is asked about: rows, a window, and until when is known what became of things."""

    rows: list[Row]
    start: datetime
    end: datetime
    zone: ZoneInfo
    now: datetime

    def inside(self, moment: datetime | None) -> bool:
        return moment is not None and self.start <= moment < self.end

    def opened(self, row: Row) -> bool:
        return self.inside(row["opened_at"])

    def ripe_until(self) -> datetime:
        seen = plain.horizon_of(self.rows, self.zone, self.now) - plain.WEEK
        return plain.midnight_after(seen, self.zone, days=0)

    def ripe(self, moment: datetime) -> bool:
        return moment < self.ripe_until()

    def messages(self, row: Row, author: str) -> list[datetime]:
        return sorted(
            message["at"]
            for message in self.rows
            if message.get("author") == author and message["public"]
            if message["interaction_external_id"] == row["external_id"]
        )

    def wrote_at(self, row: Row) -> datetime:
        written = [
            message["at"]
            for message in self.rows
            if message.get("author") == "CUSTOMER" and message["interaction_external_id"] == row["external_id"]
        ]
        return min(written, default=row["opened_at"])

    def told(self, row: Row) -> int | None:
        answers = [
            answer["score"]
            for answer in self.rows
            if answer.get("kind") == "FCR" and answer.get("interaction_external_id") == row["external_id"]
        ]
        return answers[0] if answers else None


def share(rows: Iterable[Row], counts: Callable[[Row], bool], meets: Callable[[Row], bool]) -> Told:
    counted = [row for row in rows if counts(row)]
    return sum(map(meets, counted)), len(counted), len(counted)


def total(
    rows: Iterable[Row],
    counts: Callable[[Row], bool],
    value: Callable[[Row], float],
    weight: Callable[[Row], float] = lambda row: 1,
) -> Told:
    counted = [row for row in rows if counts(row)]
    return math.fsum(map(value, counted)), sum(map(weight, counted)), len(counted)


def reopened(row: Row) -> list[datetime]:
    return row["reopened_at"] or []


def ever_closed(row: Row) -> bool:
    return row["resolved_at"] is not None or row["closed_at"] is not None or row["resolved"] is True


def first_closed(row: Row) -> datetime | None:
    moments = (row["first_resolved_at"], row["resolved_at"], row["closed_at"])
    return min((moment for moment in moments if moment is not None), default=None)


def last_closed(row: Row) -> datetime | None:
    return max((moment for moment in (row["resolved_at"], row["closed_at"]) if moment is not None), default=None)


def open_again(row: Row) -> bool:
    last = last_closed(row)
    return row["resolved"] is False or (last is not None and any(again > last for again in reopened(row)))


def replied_at(row: Row) -> datetime | None:
    return plain.human_response_at(row)


def nobody_answered(row: Row) -> bool:
    return row["abandoned"] or row["answered"] is False


def unknown_end(row: Row) -> bool:
    return row["answered"] is None and not row["abandoned"]


def handle(row: Row) -> float:
    return float(row["talk_seconds"] + (row["hold_seconds"] or 0) + (row["after_call_seconds"] or 0))


def seconds(later: datetime, earlier: datetime) -> float:
    return (later - earlier).total_seconds()

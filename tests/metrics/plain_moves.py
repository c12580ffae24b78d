"""What comes, goes and stands, told again in plain Python: one pass over the moments of every single row."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

Row = Mapping[str, Any]
Parts = tuple[float, float | None, int]
WEEK = timedelta(hours=168)


class Moves(NamedTuple):
    """The moments at which one row opened, opened again and closed."""

    opened: list[datetime]
    reopened: list[datetime]
    closed: list[datetime]


def moves(row: Row) -> Moves:
    """Walk through the times a row was open, one after another."""
    begun, closings = [row["opened_at"]], []
    stops = {name: row[name] for name in ("first_resolved_at", "resolved_at", "closed_at")}
    if not row["reopened_at"]:
        del stops["first_resolved_at"]
    for again in sorted(set(row["reopened_at"] or [])):
        if again > row["opened_at"] and again not in stops.values():
            begun.append(again)
    by_itself = row["abandoned"] or row["resolved"] is True
    by_itself |= row["channel"] in ("PHONE", "IN_PERSON", "SELF_SERVICE") and row["resolved"] is not False
    for place, since in enumerate(begun):
        is_last = place == len(begun) - 1
        found = [
            moment
            for name, moment in stops.items()
            if moment is not None and moment >= since and (is_last or moment < begun[place + 1])
            if not (is_last and name != "closed_at" and row["resolved"] is False)
        ]
        if found:
            closings.append(min(found))
        elif by_itself:
            closings.append(since)
        elif not is_last:
            closings.append(begun[place + 1])
    return Moves(begun[:1], begun[1:], closings)


def is_open(row: Row, at: datetime) -> bool:
    """Tell whether a row is open just before a moment."""
    told = moves(row)
    came = sum(moment < at for moment in (*told.opened, *told.reopened))
    return came - sum(moment < at for moment in told.closed) == 1


def backlog(rows: Iterable[Row], at: datetime) -> int:
    return sum(is_open(row, at) for row in rows)


def counted(rows: Iterable[Row], start: datetime, end: datetime) -> dict[tuple[str, str], Parts]:
    """Return the backlog and what moves it."""
    rows = list(rows)

    def moved(name: str) -> Parts:
        count = sum(start <= moment < end for row in rows for moment in getattr(moves(row), name))
        return (count, None, count)

    standing = backlog(rows, end)
    return {
        ("BACKLOG", "OPEN"): (standing, None, standing),
        ("BACKLOG", "OPENED"): moved("opened"),
        ("BACKLOG", "REOPENED"): moved("reopened"),
        ("BACKLOG", "CLOSED"): moved("closed"),
    }


def resolved_on(row: Row) -> datetime | None:
    """Return the first moment by which a row is known to have been resolved."""
    told = (row["first_resolved_at"] if row["reopened_at"] else None, row["resolved_at"])
    known = [*(row["reopened_at"] or []), *(moment for moment in told if moment is not None)]
    if known:
        return min(known)
    return row["opened_at"] if row["resolved"] is True else None


def reopened_in_time(row: Row) -> bool | None:
    """None: nobody knows."""
    if not row["reopened_at"]:
        return False
    first = min(row["reopened_at"])
    if row["first_resolved_at"] is not None:
        return first <= row["first_resolved_at"] + WEEK
    if row["resolved_at"] is not None and row["resolved_at"] < first:
        return first <= row["resolved_at"] + WEEK
    return True if first <= row["opened_at"] + WEEK else None


def reopenings(rows: Iterable[Row], is_counted: Callable[[datetime], bool]) -> dict[tuple[str, str], Parts]:
    resolved = [row for row in rows if (moment := resolved_on(row)) is not None and is_counted(moment)]
    judged = [row for row in resolved if reopened_in_time(row) is not None]
    in_time = sum(reopened_in_time(row) is True for row in judged)
    ever = sum(bool(row["reopened_at"]) for row in resolved)
    return {
        ("REOPEN_RATE", "SEVEN_DAYS"): (in_time, len(judged), len(judged)),
        ("REOPEN_RATE", "EVER"): (ever, len(resolved), len(resolved)),
    }

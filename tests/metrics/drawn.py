"""Rows drawn at random around the days on which clocks change, and a place to store them for a moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from hypothesis import strategies as st

from apps.metrics.windows import Window, day_start

# A zone, and the day before one of its changes of the clock (Kolkata: none, but half an hour off).
CHANGES = [
    ("America/New_York", date(2025, 11, 1)),
    ("Europe/Berlin", date(2026, 3, 28)),
    ("Australia/Lord_Howe", date(2025, 10, 4)),
    ("America/Sao_Paulo", date(2018, 11, 3)),
    ("Africa/Cairo", date(2024, 4, 25)),
    ("Asia/Kolkata", date(2026, 3, 1)),
]
DAYS = 26
EDGES = [0, 1, 2, 24, 24 * 7, 24 * 7 + 1, 24 * 14, 24 * 16]
WAITS = [None, 0.0, 5.0, 5.5, 20.0, 21.0, 300.0]
SCALES = [("NPS", 0, 10), ("CSAT", 1, 5), ("CES_5", 1, 5), ("CES_7", 1, 7), ("FCR", 0, 1)]


@st.composite
def settings_of_rows(draw: st.DrawFn) -> tuple[ZoneInfo, datetime, list[dict[str, Any]]]:
    """Draw a zone, the first instant of its rows, and up to 60 rows within 26 days of it.

    The rows come from a seed rather than from hypothesis itself, which prefers few and empty ones.
    """
    name, day = draw(st.sampled_from(CHANGES))
    zone = ZoneInfo(name)
    first = day_start(day - timedelta(days=9), zone)
    chance = Random(draw(st.integers(0, 2**32)))
    rows = [contact(chance, first) for _ in range(chance.randint(0, 45))]
    rows += [answer(chance, first) for _ in range(chance.randint(0, 15))]
    rows += [outcome(chance, first) for _ in range(chance.randint(0, 15))]
    rows += [went_through(Random(chance.random()), first) for _ in range(chance.randint(0, 8))]
    rows += [handoff(chance, first) for _ in range(chance.randint(0, 15))]
    rows += [piece_of_feedback(chance, first) for _ in range(chance.randint(0, 15))]
    rows += [invitation(chance, first) for _ in range(chance.randint(0, 8))]
    return zone, first, [{**row, "external_id": f"{number:03}"} for number, row in enumerate(rows)]


def moment(chance: Random, first: datetime) -> datetime:
    """Draw an instant: often one of a few, exactly weeks apart, where edges and ties are."""
    if chance.random() < 0.5:
        return first + timedelta(hours=chance.choice(EDGES))
    return first + timedelta(minutes=chance.randint(0, DAYS * 24 * 60))


def contact(chance: Random, first: datetime) -> dict[str, Any]:
    opened_at = moment(chance, first)
    abandoned = chance.random() < 0.2
    later = [None, *(opened_at + timedelta(seconds=chance.randint(0, 90_000)) for _ in range(3))]
    resolved = [*later, *(opened_at + timedelta(days=7, seconds=chance.choice([-1, 0, 1, 200_000])) for _ in range(2))]
    reopened = opened_at + timedelta(seconds=chance.choice([600, 80_000, 168 * 3_600, 168 * 3_600 + 1]))
    closed = [None, None, opened_at + timedelta(days=2), reopened, chance.choice(resolved)]
    by_events = chance.random() < 0.3
    blind, consult = chance.randint(0, 1), chance.randint(0, 1)
    derived = {
        "timing_source": "EVENTS",
        "transfers": blind + consult,
        "blind_transfers": blind,
        "consult_transfers": consult,
        "human_replies": chance.randint(0, 2),
        "first_human_response_at": chance.choice(later),
        "bot_handed_off_at": chance.choice([None, None, *later[1:]]),
        "first_resolved_at": opened_at + timedelta(seconds=chance.choice([0, 60, 90_000])),
    }
    talks = [None, *(round(chance.uniform(0, 3_600), 1) for _ in range(3))]
    due_at, ended_at = (
        chance.choice([None, *(opened_at + timedelta(hours=n) for n in (1, 2, 2.1, 2.11))]) for _ in range(2)
    )
    told = {
        "promised": chance.choice([None, "FIRST_REPLY", "NEXT_REPLY", "TOTAL_RESOLUTION"]),
        "due_at": due_at,
        "ended_at": ended_at,
        "opened_at": opened_at,
        "channel": chance.choice(["PHONE", "EMAIL", "EMAIL"]),
        "direction": chance.choice(["INBOUND"] * 5 + ["OUTBOUND"]),
        "customer": chance.choice([None, "ana", "ana", "ben"]),
        "reason": chance.choice([None, "Refund", "Refund", "Login"]),
        "queue": chance.choice([None, "north", "south"]),
        "agent": chance.choice([None, "kim", "lee"]),
        "handled_by": chance.choice(["HUMAN", "BOT"]),
        "abandoned": abandoned,
        "answered": chance.choice([None, False] if abandoned else [None, False, True, True, True]),
        "wait_seconds": chance.choice(WAITS),
        "talk_seconds": chance.choice(talks),
        "hold_seconds": chance.choice(talks),
        "after_call_seconds": chance.choice(talks),
        "transfers": chance.randint(0, 2),
        "first_response_at": chance.choice(later),
        "resolved_at": chance.choice(resolved),
        **dict.fromkeys(name for name in derived if name != "transfers"),
        "timing_source": "IMPORTED",
        "closed_at": chance.choice(closed),
        "resolved": chance.choice([None, True, True, False]),
        "reopened_at": chance.choice([None, None, [], [reopened], [opened_at + timedelta(hours=1), reopened]]),
    }
    return {**told, **derived} if by_events else told


def answer(chance: Random, first: datetime) -> dict[str, Any]:
    kind, low, high = chance.choice(SCALES)
    return {
        "answered_at": moment(chance, first),
        "kind": kind,
        "scope": chance.choice(["RELATIONAL", "TRANSACTIONAL"]),
        "score": chance.randint(low, high),
        "customer": chance.choice([None, "ana", "ben"]),
        "language": chance.choice([None, "", "en", "de"]),
    }


def went_through(chance: Random, first: datetime) -> dict[str, Any]:
    """Draw what happened at one of three touchpoints: held to a level, to another from the tenth day on, to none."""
    since, turn = first - timedelta(days=1), first + timedelta(days=10)
    levels = {"app": f"{since.isoformat()}=500", "web": f"{since.isoformat()}=500;{turn.isoformat()}=200", "ad": None}
    touchpoint = chance.choice(["app", "web", "ad"])
    return {
        "occurred_at": chance.choice([moment(chance, first), turn, turn - timedelta(seconds=1)]),
        "touchpoint": touchpoint,
        "levels": levels[touchpoint],
        "duration_ms": chance.choice([None, 0, 200, 201, 500, 501]),
        "customer": chance.choice(["ana", "ben"]),
    }


def outcome(chance: Random, first: datetime) -> dict[str, Any]:
    kept = chance.choice(["KEPT", "KEPT", "BROKEN", "BROKEN", "UNKNOWN"])
    occurred_at = moment(chance, first)
    return {
        "occurred_at": occurred_at,
        "kept": kept,
        "promise": chance.choice(["quick", "kind"]),
        "repaired_at": occurred_at if kept == "BROKEN" and chance.random() < 0.5 else None,
    }


def handoff(chance: Random, first: datetime) -> dict[str, Any]:
    handed_at = moment(chance, first)
    after = chance.choice([None, 0, 3_600, 3_601, 86_400, 86_401])
    return {
        "handed_at": handed_at,
        "accepted_at": None if after is None else handed_at + timedelta(seconds=after),
        "accept_within_seconds": chance.choice([None, 3_600]),
        "context_passed": chance.choice([None, True, True, False]),
        "question_repeated": chance.choice([None, True, False, False]),
        "promise": chance.choice([None, "quick", "quick", "kind"]),
        "promise_kept": chance.choice([None, None, True, False]),
    }


def piece_of_feedback(chance: Random, first: datetime) -> dict[str, Any]:
    scored = [(-0.75, "VERY_NEGATIVE"), (-0.25, "NEGATIVE"), (0.0, "NEUTRAL"), (0.5, "POSITIVE"), (1, "VERY_POSITIVE")]
    score, label = chance.choice([(None, None), *scored])
    return {"occurred_at": moment(chance, first), "score": score, "label": label}


def invitation(chance: Random, first: datetime) -> dict[str, Any]:
    invited_at = moment(chance, first)
    after = [None, timedelta(days=2), timedelta(days=14), timedelta(days=14, seconds=1)]
    answered, in_part, closing = (chance.choice(after) for _ in range(3))
    return {
        "invited_at": invited_at,
        "first_answer_at": answered and invited_at + answered,
        "in_part_at": in_part and invited_at + in_part,
        "closes_at": closing and invited_at + closing,
        "bounced": chance.random() < 0.2,
        "language": chance.choice([None, "en", "de"]),
    }


@st.composite
def spans(draw: st.DrawFn, zone: ZoneInfo, first: datetime) -> Window:
    """Draw a window: of whole days, or of whole hours with ragged ends."""
    begin, length = draw(st.integers(0, 9)), draw(st.integers(5, DAYS))
    day = first.astimezone(zone).date() + timedelta(days=begin)
    start, end = day_start(day, zone), day_start(day + timedelta(days=length), zone)
    if draw(st.booleans()):
        start, end = start + timedelta(hours=draw(st.integers(0, 23))), end + timedelta(hours=draw(st.integers(0, 23)))
    return Window(start.astimezone(UTC), max(end, start + timedelta(hours=1)).astimezone(UTC))


@contextmanager
def scratch() -> Iterator[None]:
    """Undo all that is written inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)

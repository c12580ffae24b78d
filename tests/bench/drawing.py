"""Contacts as a call centre has them, drawn by a seed: the same ones every time."""

import csv
import io
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

_CHANNELS = ("PHONE", "EMAIL", "CHAT")


def interactions(count: int, *, first: datetime, apart: timedelta, customers: int) -> Iterator[dict[str, Any]]:
    """Yield contacts in all columns of the import, one every `apart`; one in twenty is abandoned."""
    drawn = random.Random(1)
    for number in range(count):
        opened = first + number * apart
        yield {
            "external_id": f"i{number}",
            "channel": _CHANNELS[number % 3],
            "opened_at": opened,
            "customer": f"c{drawn.randrange(customers)}",
            "direction": "INBOUND",
            "queue": f"Queue {number % 12}",
            "agent": f"Agent {number % 80}",
            "team": f"Team {number % 6}",
            "reason": f"Orders/Reason {drawn.randrange(20)}",
            "touchpoint": f"touchpoint-{number % 9}",
            "priority": "NORMAL",
            "wait_seconds": round(drawn.random() * 60, 2),
            **_outcome(number, opened, drawn),
            "transfers": number % 2,
            "reopened_at": None,
            "subject": f"Question about my order {number}",
            "text": f"I ordered a thing, and it did not come. It had number {number}, said the page.",
            "language": "en",
        }


def _outcome(number: int, opened: datetime, drawn: random.Random) -> dict[str, Any]:
    abandoned = number % 20 == 0
    talk = 60 + drawn.random() * 600
    return {
        "answered": not abandoned,
        "abandoned": abandoned,
        "handled_by": "HUMAN",
        "first_response_at": None if abandoned else opened + timedelta(seconds=30),
        "resolved_at": None if abandoned else opened + timedelta(seconds=900),
        "closed_at": opened + timedelta(seconds=1_000),
        "talk_seconds": None if abandoned else round(talk, 1),
        "hold_seconds": None if abandoned else round(talk / 10, 1),
        "after_call_seconds": None if abandoned else round(talk / 5, 1),
        "resolved": not abandoned,
    }


def as_csv(rows: Iterator[dict[str, Any]]) -> bytes:
    """Write rows as the file a client would send."""
    text = io.StringIO()
    writer = None
    for row in rows:
        cells = {name: _cell(value) for name, value in row.items()}
        if writer is None:
            writer = csv.DictWriter(text, list(cells), lineterminator="\n")
            writer.writeheader()
        writer.writerow(cells)
    return text.getvalue().encode()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, datetime) else value

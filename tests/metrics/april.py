"""An April of calls and answers, asked about from a June."""

from datetime import UTC, datetime
from typing import Any

from apps.metrics.windows import Window

NOW = datetime(2026, 6, 1, tzinfo=UTC)
APRIL = Window(datetime(2026, 4, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC))
WEEK = Window(datetime(2026, 4, 6, tzinfo=UTC), datetime(2026, 4, 13, tzinfo=UTC))


def at(day: int, hour: int = 12, month: int = 4) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def call(day: int, **row: Any) -> dict[str, Any]:
    return {"opened_at": at(day), "answered": True, "wait_seconds": 10.0, "talk_seconds": 100.0, **row}


def answers(agent: str | None, scores: list[int], *, month: int = 4) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for number, score in enumerate(scores):
        name = f"{agent}-{number}-{month}"
        rows.append({"opened_at": at(2, month=month), "external_id": name, "agent": agent})
        rows.append(
            {
                "answered_at": at(3, month=month),
                "external_id": f"answer-{name}",
                "kind": "CSAT",
                "score": score,
                "interaction_external_id": name,
            }
        )
    return rows

"""Which scores are low enough that somebody should speak with the customer. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

# The last score that opens a follow-up where a brand has set nothing. Of CES_5 less is better.
LOW: Final[dict[str, int | None]] = {"NPS": 6, "CSAT": 2, "CES_7": 3, "CES_5": 4, "FCR": None}
_LESS_IS_BETTER: Final = frozenset({"CES_5"})
DUE_HOURS: Final = 8
RECENT_DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class Rule:
    """What holds for the answers to one survey."""

    kind: str
    score: int | None
    due: timedelta
    recent: timedelta
    calendar_id: UUID | None = None

    def is_low(self, score: int) -> bool:
        if self.score is None:
            return False
        return score >= self.score if self.kind in _LESS_IS_BETTER else score <= self.score

    def is_recent(self, answered_at: datetime, now: datetime) -> bool:
        return answered_at >= now - self.recent


def usual_rule(kind: str) -> Rule:
    return Rule(kind, LOW[kind], timedelta(hours=DUE_HOURS), timedelta(days=RECENT_DAYS))

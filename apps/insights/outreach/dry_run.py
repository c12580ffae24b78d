"""Whom a rule would take now, and why not the others. Writes nothing; runs in the open door."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from apps.insights.outreach.drawing import Fate
from apps.insights.outreach.models import ProactiveRule
from apps.insights.outreach.reaching import drawn, waiting
from apps.insights.outreach.taking import FIRST
from apps.insights.outreach.telling import somebody_listens

MOST: Final = 5_000


@dataclass(frozen=True, slots=True)
class DryRun:
    """How many would come to which fate, and of those suppressed, why. `complete`: all were looked at."""

    fates: Counter[Fate]
    whys: Counter[str]
    complete: bool
    heard: bool


def dry_run(rule: ProactiveRule, now: datetime, most: int = MOST) -> DryRun:
    """Decide as the job would, of one that does not run as if it did."""
    found = waiting(rule, after=FIRST, most=most + 1)
    decided = drawn(rule, found[:most], now)
    return DryRun(
        fates=Counter(each.fate for each in decided),
        whys=Counter(each.why for each in decided if each.why is not None),
        complete=len(found) <= most,
        heard=somebody_listens(),
    )

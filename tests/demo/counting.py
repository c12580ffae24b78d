"""The story's numbers in plain Python, from its rows alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from math import sqrt

from config.demo.story.reasons import PAYMENT_FAILS, RETURN_POLICY
from config.demo.story.weeks import Weeks

Row = dict[str, str]
QUARTER = timedelta(weeks=13)
REPEAT_WITHIN = timedelta(days=7)


@dataclass(frozen=True)
class Period:
    """A span of local time and the story's calendar."""

    weeks: Weeks
    start: datetime
    end: datetime

    def of(self, rows: Iterable[Row], column: str) -> list[Row]:
        start, end = self.weeks.utc(self.start), self.weeks.utc(self.end)
        return [row for row in rows if start <= row[column] < end]


def before(weeks: Weeks) -> Period:
    return Period(weeks, weeks.go_live - QUARTER, weeks.go_live)


def after(weeks: Weeks) -> Period:
    return Period(weeks, weeks.go_live, weeks.go_live + QUARTER)


def last(weeks: Weeks) -> Period:
    return Period(weeks, weeks.end - QUARTER, weeks.end)


def bad_reasons(contacts: Iterable[Row]) -> int:
    return sum(row["reason"] in (RETURN_POLICY.path, PAYMENT_FAILS.path) for row in contacts)


def scores(answers: Iterable[Row], kind: str) -> list[int]:
    return [int(row["score"]) for row in answers if row["kind"] == kind]


def top_box(satisfaction: list[int]) -> float:
    return sum(score >= 4 for score in satisfaction) / len(satisfaction)


def nps(recommendations: list[int]) -> tuple[float, float]:
    """Return the score as a fraction and its standard error."""
    n = len(recommendations)
    promoters = sum(score >= 9 for score in recommendations) / n
    detractors = sum(score <= 6 for score in recommendations) / n
    net = promoters - detractors
    return net, sqrt((promoters + detractors - net**2) / n)


def first_contact_resolution(contacts: Iterable[Row], period: Period) -> float:
    """Share of first contacts with no further one of that customer on that reason within seven days."""
    counted = [row for row in contacts if row["answered"] != "false"]
    counted.sort(key=lambda row: (row["customer"], row["reason"], row["opened_at"]))
    inside = {row["external_id"] for row in period.of(counted, "opened_at")}
    first = resolved = 0
    for _, group in groupby(counted, key=lambda row: (row["customer"], row["reason"])):
        chain = [(row["external_id"], datetime.fromisoformat(row["opened_at"])) for row in group]
        for place, (key, opened) in enumerate(chain):
            if key not in inside or (place and opened - chain[place - 1][1] <= REPEAT_WITHIN):
                continue
            first += 1
            resolved += place + 1 == len(chain) or chain[place + 1][1] - opened > REPEAT_WITHIN
    return resolved / first


def abandonment(calls: list[Row]) -> float:
    return sum(row["abandoned"] == "true" for row in calls) / len(calls)


def service_level(calls: list[Row]) -> float:
    """Share of offered calls answered within 20 seconds."""
    return sum(row["answered"] == "true" and float(row["wait_seconds"]) <= 20 for row in calls) / len(calls)

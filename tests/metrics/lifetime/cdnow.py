"""CDNOW's customers: the tenth of them that papers fit their models to, and the whole file of purchases."""

import csv
import gzip
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np

from apps.metrics.statistics.lifetime.bg_nbd import Histories

DATA = Path(__file__).resolve().parents[3] / ".." / "shared" / "data"
SUMMARY = DATA / "cdnow_summary_sample.csv"
PURCHASES = DATA / "cdnow_purchases.txt.gz"
CALIBRATED_UNTIL = date(1997, 9, 30)


def sample() -> Histories:
    """Return the sample's histories, in weeks."""
    with SUMMARY.open() as lines:
        rows = [(float(row["frequency"]), float(row["recency"]), float(row["T"])) for row in csv.DictReader(lines)]
    return Histories(*np.array(rows).T)


@cache
def purchases() -> list[tuple[str, date, float]]:
    """Return customer, day and dollars of every purchase."""
    found, days = [], {}
    with gzip.open(PURCHASES, "rt") as lines:
        for line in lines:
            cells = line.split()
            if cells and cells[0].isdigit():
                day = days.setdefault(cells[1], date.fromisoformat(cells[1]))
                found.append((cells[0], day, float(cells[3])))
    return found


def means_of_sample() -> tuple[np.ndarray, np.ndarray]:
    """Return how often and how much the sample's repeating customers bought.

    The summary does not name its customers, but has them in the order of the day they joined, and within a day in that
    of the whole file: each is taken for the next one there with its history. 791 of the 946 have one of a kind; for
    the rest it may be another of the same history.
    """
    histories, found = sample(), []
    everybody = iter(sorted(_everybody(), key=lambda each: -each[0][2]))
    for history in zip(histories.repeats, histories.recency, histories.age, strict=True):
        mean = next(mean for known, mean in everybody if known == history)
        if history[0]:
            found.append((history[0], mean))
    repeats, means = np.array(found).T
    return repeats, means


def _everybody() -> Iterator[tuple[tuple[float, ...], float]]:
    days: dict[str, dict[date, float]] = {}
    for customer, day, dollars in purchases():
        if day <= CALIBRATED_UNTIL:
            spent = days.setdefault(customer, {})
            spent[day] = spent.get(day, 0) + dollars
    for customer in sorted(days):
        first, *later = sorted(days[customer])
        recency = round(((later[-1] if later else first) - first).days / 7, 2)
        mean = sum(days[customer][day] for day in later) / len(later) if later else 0.0
        yield (float(len(later)), recency, round((CALIBRATED_UNTIL - first).days / 7, 2)), mean

"""Quadrants recounted in plain Python, from what happened to customers as tuples; what SQL says has to be the same."""

import math
from collections import defaultdict
from collections.abc import Iterable
from statistics import fmean, pstdev
from typing import NamedTuple

# Bars and the least spreads, as docs/experience.md has them.
BARS = {
    "CSAT": 3.5, "FCR": 0.5, "NPS": 6.5, "CES_7": 4.5, "CES_5": -2.5, "OUTCOME": 0.5, "SLO": 0.5, "PROMISE": 0.5,
}  # fmt: skip
LEAST = {
    "CSAT": 0.5, "FRT": 0.25, "FCR": 0.25, "NPS": 1.0, "CES_7": 0.5, "CES_5": 0.5, "OUTCOME": 0.5, "SLO": 0.25,
    "PROMISE": 0.25,
}  # fmt: skip
SIGNAL = {"CES_7": "CES", "CES_5": "CES"}
SERVICE = {"CSAT", "FRT", "FCR"}


class Thing(NamedTuple):
    """Something that happened: to whom, on which scale (a channel's replies are one), where, on which day, how well."""

    customer: str
    scale: str
    touchpoint: str | None
    day: int
    value: float


def placed(things: Iterable[Thing], margin: float = 0.25) -> dict[str, tuple[str, float, float, bool]]:
    """Return each customer's quadrant, both sides' z, and whether it is beyond chance."""
    merged: dict[tuple[str, str, str | None, int], list[float]] = defaultdict(list)
    for one in things:
        merged[one.customer, one.scale, one.touchpoint, one.day].append(one.value)
    items = [(customer, scale, fmean(values)) for (customer, scale, _, _), values in merged.items()]
    by_scale: dict[str, list[float]] = defaultdict(list)
    for _, scale, value in items:
        by_scale[scale].append(value)
    signals: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for customer, scale, value in items:
        kind = scale.split(":")[0]
        bar = BARS.get(kind, fmean(by_scale[scale]))
        z = (value - bar) / max(pstdev(by_scale[scale]), LEAST[kind])
        signals[customer][SIGNAL.get(kind, kind)].append(max(-3.0, min(3.0, z)))
    found = {customer: _stand(told, margin) for customer, told in signals.items()}
    return {customer: stand for customer, stand in found.items() if stand is not None}


def _stand(told: dict[str, list[float]], margin: float) -> tuple[str, float, float, bool] | None:
    service, experience = (
        [values for signal, values in told.items() if (signal in SERVICE) is of_service] for of_service in (True, False)
    )
    if not service or not experience:
        return None
    s, e = (fmean(fmean(values) for values in side) for side in (service, experience))
    errors = [math.sqrt(sum(1 / len(values) for values in side)) / len(side) for side in (service, experience)]
    sure = min(abs(s) / errors[0], abs(e) / errors[1]) >= 1.6448536
    if min(abs(s), abs(e)) < margin:
        return "UNCLEAR", s, e, sure
    name = {(True, True): "BOTH_GOOD", (True, False): "BLIND_SPOT", (False, True): "SERVICE_DRAG"}
    return name.get((s > 0, e > 0), "BOTH_BAD"), s, e, sure

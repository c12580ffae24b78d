"""Erlang C: how many agents it takes so that those who call need not wait long. Pure.

It takes contacts for Poisson, handle times for exponential, and customers for patient: with those who give up, fewer
agents do. Source: Erlang, Solution of Some Problems in the Theory of Probabilities (1917); worked through with numbers
in Mitan, The Erlang-C Formula.
"""

import math
from dataclasses import dataclass

MOST_AGENTS = 100_000


@dataclass(frozen=True, slots=True)
class Target:
    """What must hold: so large a share answered within so many seconds, and nobody busier than this."""

    share: float
    seconds: float
    occupancy: float


@dataclass(frozen=True, slots=True)
class Staffing:
    """What so many agents come to; a load of none needs none, and all of nobody is answered at once."""

    agents: int
    wait_probability: float
    service_level: float
    mean_wait_seconds: float
    occupancy: float


def load(contacts: float, handle_seconds: float, seconds: float) -> float:
    """Return the load of a span in erlangs: how many agents were busy if no time were lost."""
    return contacts * handle_seconds / seconds


def wait_probability(agents: int, erlangs: float) -> float:
    """Return the probability that a contact must wait; 1 where the load exceeds the agents.

    By the recursion of Erlang B, which neither overflows nor loses digits.
    """
    if erlangs <= 0:
        return 0.0
    if agents <= erlangs:
        return 1.0
    blocked = 1.0
    for n in range(1, agents + 1):
        blocked = erlangs * blocked / (n + erlangs * blocked)
    return blocked / (1 - erlangs / agents * (1 - blocked))


def staffing(agents: int, erlangs: float, handle_seconds: float, answer_within: float) -> Staffing:
    """Return what so many agents come to. Waits are without end where the load exceeds them."""
    waits = wait_probability(agents, erlangs)
    if erlangs <= 0:
        return Staffing(agents, 0.0, 1.0, 0.0, 0.0)
    if agents <= erlangs:
        return Staffing(agents, waits, 0.0, math.inf, 1.0)
    spare = agents - erlangs
    return Staffing(
        agents,
        waits,
        1 - waits * math.exp(-spare * answer_within / handle_seconds),
        waits * handle_seconds / spare,
        erlangs / agents,
    )


def agents_needed(erlangs: float, handle_seconds: float, target: Target) -> Staffing:
    """Return the fewest agents that meet the target; none for no load."""
    agents = 0 if erlangs <= 0 else max(math.ceil(erlangs / target.occupancy), math.floor(erlangs) + 1)
    blocked, n = 1.0, 0
    while True:
        # The recursion goes on from one number of agents to the next.
        while n < agents:
            n += 1
            blocked = erlangs * blocked / (n + erlangs * blocked)
        found = _met(agents, erlangs, handle_seconds, blocked, target)
        if found is not None or agents >= MOST_AGENTS:
            return found or staffing(agents, erlangs, handle_seconds, target.seconds)
        agents += 1


def _met(agents: int, erlangs: float, handle_seconds: float, blocked: float, target: Target) -> Staffing | None:
    if erlangs <= 0:
        return Staffing(agents, 0.0, 1.0, 0.0, 0.0)
    waits = blocked / (1 - erlangs / agents * (1 - blocked))
    spare = agents - erlangs
    level = 1 - waits * math.exp(-spare * target.seconds / handle_seconds)
    if level < target.share:
        return None
    return Staffing(agents, waits, level, waits * handle_seconds / spare, erlangs / agents)


def scheduled(agents: int, shrinkage: float) -> int:
    """Return how many must be on the roster, if such a share of paid time is not for contacts."""
    return math.ceil(round(agents / (1 - shrinkage), 9))

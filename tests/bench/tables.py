"""A benchmark's figures as text."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench.costs import Cost


@dataclass(frozen=True, slots=True)
class Line:
    """One comparison: what was done, what it cost us and what it cost the peer."""

    what: str
    ours: Cost
    peer: Cost


@dataclass(frozen=True, slots=True)
class Table:
    """A benchmark's comparisons, and in words what was measured."""

    title: str
    words: str
    lines: Sequence[Line]

    def text(self) -> str:
        width = max(len(line.what) for line in self.lines)
        head = f"{'':{width}} |        ours, ms         |        peer, ms         |  peer / ours"
        kinds = f"{'':{width}} | " + "   wall  Python  server | " * 2 + " wall    CPU"
        body = [
            f"{line.what:{width}} | {costs_of(line.ours)} | {costs_of(line.peer)} | "
            f"{ratio_of(line.peer.wall, line.ours.wall)} {ratio_of(line.peer.cpu, line.ours.cpu)}"
            for line in self.lines
        ]
        return "\n".join([self.title, self.words, "", head, kinds, "-" * len(head), *body, ""])


def costs_of(cost: Cost) -> str:
    """Return wall, Python and server time in milliseconds."""
    return " ".join(_short(1_000 * seconds) for seconds in (cost.wall, cost.python, cost.server))


def _short(number: float) -> str:
    return f"{number:7,.0f}" if number >= 100 else f"{number:7.2f}"


def ratio_of(peer: float, ours: float) -> str:
    """Return how many times as much the peer costs."""
    if not ours:
        return "     ?"
    ratio = peer / ours
    return f"{ratio:6.0f}" if ratio >= 10 else f"{ratio:6.2f}"

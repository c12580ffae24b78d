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
            f"{line.what:{width}} | {_costs(line.ours)} | {_costs(line.peer)} | "
            f"{_ratio(line.peer.wall, line.ours.wall)} {_ratio(line.peer.cpu, line.ours.cpu)}"
            for line in self.lines
        ]
        return "\n".join([self.title, self.words, "", head, kinds, "-" * len(head), *body, ""])


def _costs(cost: Cost) -> str:
    return " ".join(_short(1_000 * seconds) for seconds in (cost.wall, cost.python, cost.server))


def _short(number: float) -> str:
    return f"{number:7,.0f}" if number >= 100 else f"{number:7.2f}"


def _ratio(peer: float, ours: float) -> str:
    if not ours:
        return "     ?"
    ratio = peer / ours
    return f"{ratio:6.0f}" if ratio >= 10 else f"{ratio:6.2f}"

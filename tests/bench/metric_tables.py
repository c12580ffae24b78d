"""The table of the metric fields: each against its own SQL and against the rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench.costs import Cost
from tests.bench.tables import Line, Table, costs_of, ratio_of


@dataclass(frozen=True, slots=True)
class MetricLine(Line):
    """A field through GraphQL, the same from the rows (the peer), and its statements on the rollups alone."""

    sql: Cost

    @property
    def more_than_sql(self) -> float:
        """Return how much CPU the field takes beyond its SQL, in seconds."""
        return self.ours.cpu - self.sql.cpu


@dataclass(frozen=True, slots=True)
class MetricTable(Table):
    """The metric fields' costs."""

    lines: Sequence[MetricLine]

    def text(self) -> str:
        width = max(len(line.what) for line in self.lines)
        kinds = "   wall  Python  server"
        heads = (
            "        ours, ms         ",
            "    its SQL alone, ms    ",
            "CPU more",
            "        rows, ms         ",
            "rows / ours",
        )
        head = " | ".join([" " * width, *heads])
        units = " | ".join([" " * width, f"{kinds:25}", f"{kinds:25}", "      ms", f"{kinds:25}", "  wall    CPU"])
        body = [" | ".join([f"{line.what:{width}}", *_figures(line)]) for line in self.lines]
        return "\n".join([self.title, self.words, "", head, units, "-" * len(head), *body, ""])


def _figures(line: MetricLine) -> list[str]:
    wall, cpu = ratio_of(line.peer.wall, line.ours.wall), ratio_of(line.peer.cpu, line.ours.cpu)
    more = f"{1_000 * line.more_than_sql:8.2f}"
    return [f"{costs_of(line.ours):25}", f"{costs_of(line.sql):25}", more, f"{costs_of(line.peer):25}", f"{wall} {cpu}"]

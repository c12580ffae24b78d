"""Which numbers to hide so that nobody's answer can be read off them. Counts stay visible; values do not.

Source: complementary suppression as in the tau-Argus manual; minimum as in Qualtrics' confidentiality thresholds.
"""

from collections.abc import Iterable, Mapping

REASON = (
    "It, or what could be told from it, rests on fewer than {minimum} answers: hidden so that nobody's can be read."
)

# Where a cell lies in a table of any number of axes, such as (bucket, agent).
Cell = tuple[int | str, ...]
# The cells that differ in one axis only: that axis, and where they lie in all others.
Line = tuple[int, Cell]


def hidden(sizes: Mapping[Cell, int], minimum: int) -> set[Cell]:
    """Return which cells of a table to hide.

    Every cell with some rows but too few; and as long as those hidden on a line could be told from its total (one
    of them alone, or all together still too few), the line's next smallest as well. Empty cells tell nothing and
    are never hidden. But for the sorting, the work is in proportion to the cells.
    """
    table = _Table(sizes, minimum)
    table.hide(cell for cell, size in sizes.items() if 0 < size < minimum)
    return table.hidden


class _Table:
    """A table whose lines know what is hidden on them, so that no line is ever gone through twice."""

    def __init__(self, sizes: Mapping[Cell, int], minimum: int) -> None:
        self.hidden: set[Cell] = set()
        self._sizes = sizes
        self._minimum = minimum
        self._open: dict[Line, list[Cell]] = {}
        self._told: dict[Line, tuple[int, int]] = {}
        filled = ((size, cell) for cell, size in sizes.items() if size > 0)
        for _, cell in sorted(filled, reverse=True):
            for line in _lines(cell):
                self._open.setdefault(line, []).append(cell)

    def hide(self, cells: Iterable[Cell]) -> None:
        """Hide cells, and what must be hidden with them."""
        waiting: list[Line] = []
        for cell in sorted(cells):
            waiting += self._hide(cell)
        while waiting:
            line = waiting.pop()
            while not self._is_safe(line) and (smallest := self._smallest(line)) is not None:
                waiting += self._hide(smallest)

    def _hide(self, cell: Cell) -> list[Line]:
        """Hide one cell; return the lines it lies on."""
        self.hidden.add(cell)
        lines = _lines(cell)
        for line in lines:
            count, total = self._told.get(line, (0, 0))
            self._told[line] = (count + 1, total + self._sizes[cell])
        return lines

    def _is_safe(self, line: Line) -> bool:
        count, total = self._told[line]
        return count > 1 and total >= self._minimum

    def _smallest(self, line: Line) -> Cell | None:
        """Return the line's smallest cell that is not hidden; what is hidden is passed for good."""
        cells = self._open[line]
        while cells and cells[-1] in self.hidden:
            cells.pop()
        return cells[-1] if cells else None


def _lines(cell: Cell) -> list[Line]:
    return [(axis, cell[:axis] + cell[axis + 1 :]) for axis in range(len(cell))]

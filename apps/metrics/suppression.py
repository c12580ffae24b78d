"""Which numbers to hide so that nobody's answer can be read off them. Counts stay visible; values do not.

Source: complementary suppression as in the tau-Argus manual; minimum as in Qualtrics' confidentiality thresholds.
"""

from collections.abc import Mapping, Sequence

REASON = "Fewer than {minimum} answers: hidden so that nobody's answer can be told from it."

Cell = tuple[int, int]


def hidden(sizes: Sequence[int], minimum: int) -> set[int]:
    """Return which cells of a partition to hide, by position.

    Every cell with some rows but too few; and as long as those hidden could be told from the whole (one of them alone,
    or all together still too few), the next smallest as well. Empty cells tell nothing and are never hidden.
    """
    found = {cell for cell, size in enumerate(sizes) if 0 < size < minimum}
    if not found:
        return found
    others = sorted((size, cell) for cell, size in enumerate(sizes) if size >= minimum)
    for _, cell in others:
        if len(found) > 1 and sum(sizes[hid] for hid in found) >= minimum:
            break
        found.add(cell)
    return found


def hidden_in_table(sizes: Mapping[Cell, int], minimum: int) -> set[Cell]:
    """Return which cells of a table of (group, bucket) to hide: no row and no column may give one away."""
    found = {cell for cell, size in sizes.items() if 0 < size < minimum}
    while True:
        more: set[Cell] = set()
        for axis in (0, 1):
            for line in {cell[axis] for cell in found}:
                cells = [cell for cell in sorted(sizes) if cell[axis] == line]
                more |= _complement(cells, sizes, found | more, minimum)
        if not more:
            return found
        found |= more


def _complement(cells: Sequence[Cell], sizes: Mapping[Cell, int], found: set[Cell], minimum: int) -> set[Cell]:
    """Return the next smallest cell of a line whose hidden cells could be told from its total."""
    hid = [cell for cell in cells if cell in found]
    open_ones = sorted((sizes[cell], cell) for cell in cells if cell not in found and sizes[cell] > 0)
    if not open_ones or (len(hid) > 1 and sum(sizes[cell] for cell in hid) >= minimum):
        return set()
    return {open_ones[0][1]}

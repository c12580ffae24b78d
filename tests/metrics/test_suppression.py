"""What is hidden cannot be told from what is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.metrics.suppression import hidden, hidden_in_table

sizes = st.lists(st.integers(0, 30), max_size=8)


@pytest.mark.parametrize(
    ("cells", "hid"),
    [
        ([10, 20, 30], set()),
        ([3, 20, 10], {0, 2}),
        ([3, 4, 20], {0, 1}),
        ([1, 2, 20, 10], {0, 1, 3}),
        ([0, 20], set()),
        ([3], {0}),
        ([1, 2], {0, 1}),
    ],
)
def test_small_cells_are_hidden_and_the_next_smallest_with_a_lonely_one(cells: list[int], hid: set[int]) -> None:
    assert hidden(cells, 5) == hid


@given(sizes)
def test_the_hidden_cells_are_never_few_people_unless_all_are(cells: list[int]) -> None:
    hid = hidden(cells, 5)
    shown = [size for cell, size in enumerate(cells) if cell not in hid and size > 0]

    assert all(size >= 5 for size in shown)
    if hid and shown:
        assert len(hid) > 1
        assert sum(cells[cell] for cell in hid) >= 5


@given(st.lists(st.lists(st.integers(0, 12), min_size=4, max_size=4), min_size=1, max_size=5))
def test_no_line_of_a_table_gives_a_cell_away(table: list[list[int]]) -> None:
    cells = {(row, column): size for row, line in enumerate(table) for column, size in enumerate(line)}
    hid = hidden_in_table(cells, 5)

    assert all(cell in hid for cell, size in cells.items() if 0 < size < 5)
    for axis in (0, 1):
        for line in {cell[axis] for cell in hid}:
            mine = [cell for cell in cells if cell[axis] == line and cells[cell] > 0]
            dark = [cell for cell in mine if cell in hid]
            assert len(dark) == len(mine) or (len(dark) > 1 and sum(cells[cell] for cell in dark) >= 5)

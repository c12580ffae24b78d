"""What is hidden cannot be told from what is shown."""

import sys
from random import Random
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.metrics import suppression
from apps.metrics.suppression import Cell, hidden


def line(cells: list[int]) -> dict[Cell, int]:
    return {(place,): size for place, size in enumerate(cells)}


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
    assert hidden(line(cells), 5) == {(cell,) for cell in hid}


@given(sizes)
def test_the_hidden_cells_are_never_few_people_unless_all_are(cells: list[int]) -> None:
    hid = hidden(line(cells), 5)
    shown = [size for cell, size in enumerate(cells) if (cell,) not in hid and size > 0]

    assert all(size >= 5 for size in shown)
    if hid and shown:
        assert len(hid) > 1
        assert sum(line(cells)[cell] for cell in hid) >= 5


@given(st.lists(st.lists(st.integers(0, 12), min_size=4, max_size=4), min_size=1, max_size=5))
def test_no_line_of_a_table_gives_a_cell_away(table: list[list[int]]) -> None:
    cells: dict[Cell, int] = {(row, column): size for row, many in enumerate(table) for column, size in enumerate(many)}
    hid = hidden(cells, 5)

    assert all(cell in hid for cell, size in cells.items() if 0 < size < 5)
    for axis in (0, 1):
        for place in {cell[axis] for cell in hid}:
            mine = [cell for cell in cells if cell[axis] == place and cells[cell] > 0]
            dark = [cell for cell in mine if cell in hid]
            assert len(dark) == len(mine) or (len(dark) > 1 and sum(cells[cell] for cell in dark) >= 5)


@given(st.dictionaries(st.tuples(*[st.integers(0, 2)] * 3), st.integers(0, 9), max_size=27))
def test_nor_does_any_line_of_a_table_of_three_axes(cells: dict[Cell, int]) -> None:
    hid = hidden(cells, 5)

    for cell in hid:
        for axis in range(3):
            mine = [each for each in cells if cells[each] and _differ_in(each, cell) <= {axis}]
            dark = [each for each in mine if each in hid]
            assert len(dark) == len(mine) or (len(dark) > 1 and sum(cells[each] for each in dark) >= 5)


def _differ_in(one: Cell, other: Cell) -> set[int]:
    return {axis for axis in range(len(one)) if one[axis] != other[axis]}


def test_four_times_the_cells_are_four_times_the_work() -> None:
    small, large = (work_of_hiding(table_of(20, columns)) for columns in (50, 200))

    assert large < 4.5 * small
    assert small < 500 * 20 * 50


def table_of(rows: int, columns: int) -> dict[Cell, int]:
    chance = Random(7)
    return {(row, column): chance.randint(1, 30) for row in range(rows) for column in range(columns)}


def work_of_hiding(cells: dict[Cell, int]) -> int:
    """Return how many instructions of the module it takes."""
    done = 0

    def count(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal done
        if frame.f_code.co_filename != suppression.__file__:
            return None
        frame.f_trace_opcodes = True
        done += event == "opcode"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        hidden(cells, 5)
    finally:
        sys.settrace(before)
    return done

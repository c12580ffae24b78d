"""Which answers to a private question must be hidden, decided over all people or segments, whatever was asked of them.

Whoever may filter by agents can ask for one after another, or for all but one, and take the answers from one
another. So what is hidden is decided on every single agent (segment) of the same window and other filters, as
if all were shown side by side. A number is then shown if none of those it adds up is hidden, or if all are:
then it is no more than the total less what is shown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from apps.metrics import rows
from apps.metrics.asking import Ask, Key
from apps.metrics.blocks import broken
from apps.metrics.buckets import Grain
from apps.metrics.definitions.vocabulary import DimensionKey
from apps.metrics.questions import Question
from apps.metrics.suppression import Cell, hidden
from apps.metrics.windows import Window, is_day_start
from cxplatform.errors import BadInput


def check_days(
    asked: Iterable[Question],
    window: Window,
    zone: ZoneInfo,
    *,
    by: DimensionKey | None = None,
    grain: Grain | None = None,
) -> None:
    """Check that private questions are put to whole days, so that no hour can be taken from another window.

    Raises: BadInput, naming the field.
    """
    if not any(each.is_private(by) for each in asked):
        return
    for field, edge in (("window.from", window.start), ("window.to", window.end)):
        if not is_day_start(edge, zone):
            raise BadInput(f"Answers by agent or segment are told for whole days in {zone.key} only.", field=field)
    if grain is Grain.HOUR:
        raise BadInput("Answers by agent or segment are not told by the hour.", field="grain")


def withheld(asked: Sequence[Question], ask: Ask) -> list[set[Key]]:
    """Return, for each question, which buckets and groups of `ask` must be hidden; one SELECT if it is private.

    The questions share the fact and the filter of `ask`.
    """
    if asked[0].is_in_blocks(ask.by):
        return [broken(each, ask) for each in asked]
    if not asked[0].is_private(ask.by):
        return [set() for _ in asked]
    picks = tuple((key, values) for key, values in ask.where if key in ask.fact.private)
    axes = tuple(sorted({key for key, _ in picks} | ({ask.by} if ask.by else set())))
    sizes = tuple(dict.fromkeys(each.variant.size for each in asked))
    others = tuple(each for each in ask.where if each not in picks)
    found = rows.cells(replace(ask, parts=sizes, where=others), axes, picks)
    return [_withheld(ask, axes, found, sizes.index(each.variant.size)) for each in asked]


def _withheld(ask: Ask, axes: tuple[DimensionKey, ...], found: Sequence[rows.Cell], place: int) -> set[Key]:
    sizes: dict[Cell, int] = {(cell.bucket, *cell.names): round(cell.sums[place]) for cell in found}
    dark = hidden(sizes, ask.fact.minimum_private)
    parts: dict[Key, list[Cell]] = {}
    for cell in found:
        if cell.picked:
            parts.setdefault(_key(ask, axes, cell), []).append((cell.bucket, *cell.names))
    unseen: dict[int | str, int] = {}
    for where in dark:
        unseen[where[0]] = unseen.get(where[0], 0) + 1
    return {
        key
        for key, mine in parts.items()
        if _gives_away(mine, sizes, dark, ask.fact.minimum_private, unseen.get(key[0], 0) if len(axes) == 1 else None)
    }


def _gives_away(mine: list[Cell], sizes: dict[Cell, int], dark: set[Cell], minimum: int, unseen: int | None) -> bool:
    """Tell whether a sum of cells would give one away; `unseen` is how many are hidden of all, if that tells."""
    if 0 < sum(sizes[cell] for cell in mine) < minimum:
        return True
    hid = sum(cell in dark for cell in mine)
    return hid > 0 and hid != unseen


def _key(ask: Ask, axes: tuple[DimensionKey, ...], cell: rows.Cell) -> Key:
    if ask.by is None:
        return (cell.bucket, "")
    name = cell.names[axes.index(ask.by)]
    return (cell.bucket, name if ask.apart is None or name in ask.apart else None)

"""Draw a picture as SVG: columns of stages, boxes of touchpoints, told to screen readers as lists.

The SVG holds neither scripts nor references to anything else; whatever people wrote is text in it.
"""

from collections.abc import Sequence
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from apps.journeys.picture.shown import Shown, ShownStage, State
from apps.journeys.picture.texts import fitted, isolated

_COLUMN, _BOX_WIDTH, _BOX, _GAP, _EDGE, _HEAD, _TOP = 224, 208, 88, 12, 16, 32, 56
# Letters of 13 px, the widest mostly 8 of them, in a box of 208.
_PLACES: Final = 26
_INK, _PAPER, _HEAD_FILL = "#1b1f24", "#ffffff", "#d8dee6"
_LEGEND: Final = {
    State.KEPT: "keeps its service level",
    State.MISSED: "misses its service level",
    State.LACKING: "lacks something",
    State.PLAIN: "nothing lacks",
}


def draw(title: str, description: str, stages: Sequence[ShownStage], name: str) -> str:
    """Draw stages in their order. `name` tells this picture's ids from those of others on one page."""
    most = max((len(stage.touchpoints) for stage in stages), default=0)
    width = max(2 * _EDGE + _COLUMN * len(stages) - (_COLUMN - _BOX_WIDTH), 2 * _EDGE + 2 * _COLUMN)
    height = _TOP + _HEAD + most * (_BOX + _GAP) + 3 * _EDGE + _GAP
    root = _root(title, description, width, height, name)
    _text(root, width // 2, 34, fitted(title, _PLACES * max(len(stages), 2)), size=18, bold=True)
    columns = SubElement(root, "g", {"role": "list", "aria-label": "Stages"})
    for place, stage in enumerate(stages):
        _draw_stage(columns, _EDGE + place * _COLUMN, stage)
    _draw_legend(root, height - _EDGE, width)
    return tostring(root, encoding="unicode")


def _root(title: str, description: str, width: int, height: int, name: str) -> Element:
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {width} {height}",
            "width": str(width),
            "height": str(height),
            "role": "group",
            "aria-labelledby": f"{name}-title",
            "aria-describedby": f"{name}-description",
            "font-family": "system-ui, sans-serif",
        },
    )
    SubElement(root, "title", {"id": f"{name}-title"}).text = isolated(title)
    SubElement(root, "desc", {"id": f"{name}-description"}).text = description
    SubElement(root, "rect", {"width": str(width), "height": str(height), "fill": _PAPER, "aria-hidden": "true"})
    return root


def _draw_stage(columns: Element, left: int, stage: ShownStage) -> None:
    count = len(stage.touchpoints)
    says = f"{isolated(stage.name)}, {count} {'touchpoint' if count == 1 else 'touchpoints'}"
    item = SubElement(columns, "g", {"role": "listitem", "aria-label": says})
    _box(item, left, _TOP, _HEAD, fill=_HEAD_FILL, line=_HEAD_FILL)
    _text(item, left + _BOX_WIDTH // 2, _TOP + 21, fitted(stage.name, _PLACES), size=14, bold=True)
    if not stage.touchpoints:
        return
    boxes = SubElement(item, "g", {"role": "list", "aria-label": "Touchpoints"})
    for place, each in enumerate(stage.touchpoints):
        _draw_touchpoint(boxes, left, _TOP + _HEAD + _GAP + place * (_BOX + _GAP), each)


def _draw_touchpoint(boxes: Element, left: int, top: int, each: Shown) -> None:
    truth = ", a moment of truth" if each.is_moment_of_truth else ""
    says = f"{isolated(each.name)}{truth}: {each.channel}, owned by {isolated(each.owner)}; {each.words}"
    item = SubElement(boxes, "g", {"role": "listitem", "aria-label": says})
    fill, line = each.state.value
    _box(item, left, top, _BOX, fill=fill, line=line, thick=each.is_moment_of_truth)
    middle, star = left + _BOX_WIDTH // 2, "★ " if each.is_moment_of_truth else ""
    _text(item, middle, top + 24, star + fitted(each.name, _PLACES - len(star)), size=13, bold=True)
    _text(item, middle, top + 45, f"{each.channel} · {isolated(fitted(each.owner, 27 - len(each.channel)))}", size=12)
    first, _, more = each.words.partition("; ")
    _text(item, middle, top + (64 if more else 66), fitted(first, 36), size=11)
    if more:
        _text(item, middle, top + 79, fitted(more, 36), size=11)


def _draw_legend(root: Element, base: int, width: int) -> None:
    """Say what the colours mean to whoever sees them; the words in the boxes say it to everybody."""
    legend = SubElement(root, "g", {"aria-hidden": "true"})
    step = min((width - 2 * _EDGE) // 2, 210)
    for place, (state, words) in enumerate(_LEGEND.items()):
        left, top = _EDGE + place % 2 * step, base - 24 + place // 2 * 18
        fill, line = state.value
        look = {"fill": fill, "stroke": line, "width": "12", "height": "12"}
        SubElement(legend, "rect", {"x": str(left), "y": str(top), **look})
        _text(legend, left + 18, top + 10, words, size=11, anchor="start")
    _text(legend, width - _EDGE, base + 4, "★ moment of truth", size=11, anchor="end")


def _box(parent: Element, left: int, top: int, height: int, *, fill: str, line: str, thick: bool = False) -> None:
    place = {"x": str(left), "y": str(top), "width": str(_BOX_WIDTH), "height": str(height), "rx": "6"}
    look = {"fill": fill, "stroke": line, "stroke-width": "3" if thick else "1", "aria-hidden": "true"}
    SubElement(parent, "rect", {**place, **look})


def _text(
    parent: Element, x: int, y: int, words: str, *, size: int, bold: bool = False, anchor: str = "middle"
) -> None:
    look = {"fill": _INK, "font-size": str(size), "text-anchor": anchor, "style": "unicode-bidi: plaintext"}
    if bold:
        look["font-weight"] = "600"
    SubElement(parent, "text", {"x": str(x), "y": str(y), "aria-hidden": "true", **look}).text = words

"""Text in a picture: of what XML can hold, and no wider than its place."""

import re
from typing import Final
from unicodedata import combining, east_asian_width

# What XML 1.0 has no way to write.
_UNWRITABLE: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Somebody's words between these stand as they would alone, whichever way they and what surrounds them run.
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"
_BIDI: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """Return a text in one line of what XML can hold, without marks that would turn what follows it."""
    return " ".join(_BIDI.sub("", _UNWRITABLE.sub("", text)).split())


def isolated(text: str) -> str:
    """Return somebody's words so that their direction is their own."""
    return f"{_FIRST_STRONG_ISOLATE}{plain(text)}{_POP_ISOLATE}"


def fitted(text: str, places: int) -> str:
    """Return a text that takes so many places at most, wide characters taking two; cut with an ellipsis."""
    said, taken = plain(text), 0
    for end, character in enumerate(said):
        taken += _width(character)
        if taken > places:
            return f"{_head(said[:end], places - 1)}…"
    return said


def _head(text: str, places: int) -> str:
    while sum(map(_width, text)) > places:
        text = text[:-1]
    return text.rstrip()


def _width(character: str) -> int:
    if combining(character):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1

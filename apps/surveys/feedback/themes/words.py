"""Words that may tell of a theme: letters only, used by several customers, and no part of their writer's name. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

# By how many different customers a word must have been used, so that it tells of none.
FEWEST_CUSTOMERS: Final = 5
MOST_WORDS: Final = 1_500
# What more than this share of all say tells nothing.
_MOST_COMMON: Final = 0.7
_MOST_CHARACTERS: Final = 5_000
_NO_WORDS: Final = re.compile(r"\S*@\S*|https?://\S*|\S*\d\S*")
_WORD: Final = re.compile(r"[^\W\d_]{3,30}")
# Of languages that are often written; others have what is most common taken out.
_SAID: Final = (
    "the and for that this with you your was were are not but have has had they them their from all can could would "
    "will  just our out about there what when which who how why been being than then too very its also get got did "
    "does don dont  didn doesn isn wasn won any some more most much many only other over into after before because "
    "while she her him his  hers one two still even really please thank thanks hello dear regards  der die das und "
    "ist nicht ich sie wir ein eine einen einem einer mit von auf für den dem des war sind hat habe aber  auch sich "
    "als wie bei noch nur oder wenn dass mir mich  les est pas une que qui pour dans sur avec vous nous mais par "
    "plus très sont cette ont aux ses mon mes  los las una por para con del pero como más muy todo esta este han "
    "sus "
)
_STOP: Final = frozenset(_SAID.split())
Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of feedback: what it says, who said it, how they are called, and which language it is in, if known."""

    text: str
    customer: UUID | None
    name: str = ""
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Weighed:
    """Words, and how much each weighs in each piece: a row a piece, of length 1 or 0."""

    words: tuple[str, ...]
    weights: Matrix


def words_of(piece: Piece) -> set[str]:
    """Return the words of a piece that may tell something."""
    text = _NO_WORDS.sub(" ", piece.text[:_MOST_CHARACTERS].lower())
    return set(_WORD.findall(text)) - _STOP - set(_WORD.findall(piece.name.lower()))


def weigh(pieces: Sequence[Piece]) -> Weighed:
    """Weigh the words of pieces: the rarer, the more (TF-IDF, each word counted once a piece)."""
    said = [words_of(piece) for piece in pieces]
    by: dict[str, set[UUID]] = {}
    often: dict[str, int] = {}
    for piece, its in zip(pieces, said, strict=True):
        for word in its:
            often[word] = often.get(word, 0) + 1
            if piece.customer is not None:
                by.setdefault(word, set()).add(piece.customer)
    limit = _MOST_COMMON * len(pieces)
    usable = [word for word, whose in by.items() if len(whose) >= FEWEST_CUSTOMERS and often[word] <= limit]
    words = tuple(sorted(sorted(usable, key=lambda word: (-often[word], word))[:MOST_WORDS]))
    places = {word: place for place, word in enumerate(words)}
    weights = np.zeros((len(pieces), len(words)))
    rarity = np.array([np.log(len(pieces) / often[word]) + 1 for word in words])
    for row, used in enumerate(said):
        found = [places[word] for word in used if word in places]
        weights[row, found] = rarity[found]
    return Weighed(words, scaled(weights))


def scaled(rows: Matrix) -> Matrix:
    """Give rows the length 1; those of nothing stay so."""
    length = np.sqrt((rows**2).sum(axis=1, keepdims=True))
    same: Matrix = np.divide(rows, length, out=np.zeros_like(rows), where=length > 0)
    return same

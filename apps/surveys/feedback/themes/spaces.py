"""Where pieces of feedback and known themes lie: by the words they share, or by what a model finds alike. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from apps.surveys.feedback.themes.words import Matrix, Weighed, scaled

# Less alike than that, a piece is of no theme; and at least that alike, a group is the theme of before.
_BY_WORDS: Final = 0.25
_BY_MEANING: Final = 0.4
SAME: Final = 0.8


@dataclass(frozen=True, slots=True)
class Space:
    """A row of length 1 (or 0) for each piece, and for each known theme."""

    rows: Matrix
    known: Matrix
    alike: float


def by_words(weighed: Weighed, known: Sequence[Sequence[str]]) -> Space:
    """Return where pieces lie by their words, and themes by their terms: the first ones weigh most."""
    at = np.array([_at(terms, weighed.words) for terms in known]).reshape(len(known), len(weighed.words))
    return Space(weighed.weights, scaled(at), _BY_WORDS)


def by_meaning(
    placed: Mapping[str, Matrix], texts: Sequence[str], themes: Sequence[tuple[str, Sequence[int]]]
) -> Space:
    """Return where a model placed texts. A theme is its terms as a text, and which texts were of it, by their places.

    It lies amid these; where there are none, at its terms.
    """
    rows = np.array([placed[text] for text in texts])
    nowhere = np.zeros(rows.shape[1])
    known = [rows[list(its)].sum(axis=0) if its else placed.get(terms, nowhere) for terms, its in themes]
    return Space(scaled(rows), scaled(np.array(known).reshape(len(known), rows.shape[1])), _BY_MEANING)


def _at(terms: Sequence[str], words: Sequence[str]) -> list[float]:
    rank = {term: 1.0 / (1 + place) for place, term in enumerate(terms)}
    return [rank.get(word, 0.0) for word in words]

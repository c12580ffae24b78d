"""Put pieces of feedback that are alike together: k-means by the angle between them, beginning with known themes.

Pure, and nothing is drawn: the same pieces give the same groups.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from apps.surveys.feedback.themes.pools import FEWEST_PIECES, language_of
from apps.surveys.feedback.themes.spaces import Space
from apps.surveys.feedback.themes.words import FEWEST_CUSTOMERS, Matrix, Piece, Weighed, scaled

MOST_GROUPS: Final = 20
MOST_TERMS: Final = 6
# A group of fewer pieces is none.
_FEWEST_TOGETHER: Final = 5
_ROUNDS: Final = 25
# From which share of its pieces on a language is the theme's.
_ITS_LANGUAGE: Final = 0.9


@dataclass(frozen=True, slots=True)
class Known:
    """A theme of before: its words, the most telling first. One that is `held` keeps them."""

    terms: tuple[str, ...]
    held: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Pieces that are alike, by their places, with how well each fits; `held` is the place of the theme it is.

    `like` is how alike its middle is to each known theme, by their places. No `language`: several.
    """

    terms: tuple[str, ...]
    fits: dict[int, float]
    held: int | None
    language: str | None
    like: tuple[float, ...]


def groups_of(pieces: Sequence[Piece], weighed: Weighed, known: Sequence[Known], space: Space) -> list[Group]:
    """Return the groups there are, those of held themes among them."""
    if len(pieces) < FEWEST_PIECES or not weighed.words:
        return []
    order = sorted(range(len(known)), key=lambda place: not known[place].held)
    order = [place for place in order if space.known[place].any() or known[place].held]
    held = sum(known[place].held for place in order)
    number = max(held, min(MOST_GROUPS, max(2, round((len(pieces) / 10) ** 0.5))))
    centres = _begin(space.rows, space.known[order[:number]], number)
    nearest, fit = _settle(space.rows, centres, held)
    found = []
    for group in range(len(centres)):
        members = np.flatnonzero((nearest == group) & (fit >= space.alike))
        is_held = group < held
        whose = {pieces[int(place)].customer for place in members} - {None}
        if not is_held and (len(members) < _FEWEST_TOGETHER or len(whose) < FEWEST_CUSTOMERS):
            continue
        terms = known[order[group]].terms if is_held else _telling(pieces, weighed, members)
        if terms:
            fits = {int(place): float(fit[place]) for place in members}
            language = language_of([pieces[place] for place in fits], _ITS_LANGUAGE)
            like = tuple(float(each) for each in space.known @ centres[group])
            found.append(Group(terms, fits, order[group] if is_held else None, language, like))
    return found


def _begin(rows: Matrix, known: Matrix, number: int) -> Matrix:
    """Begin with what is known, then with pieces that are least like what there is already."""
    centres = list(known)
    if not centres:
        centres.append(scaled(rows.sum(axis=0, keepdims=True))[0])
    alike = np.max(rows @ np.array(centres).T, axis=1)
    alike[~rows.any(axis=1)] = np.inf
    first = 0 if len(known) else 1
    while len(centres) - first < number:
        # Of the least alike the one that has most in common with the rest: a lonely piece begins nothing.
        finite = np.isfinite(alike)
        if not finite.any():
            break
        far = np.flatnonzero(alike <= np.quantile(alike[finite], 0.3))
        place = far[int(np.argmax(rows[far] @ rows.sum(axis=0)))]
        centres.append(rows[place])
        alike = np.maximum(alike, rows @ rows[place])
        alike[place] = np.inf
    return np.array(centres[first:] or centres)


def _settle(rows: Matrix, centres: Matrix, held: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the nearest centre of each piece and how alike they are, once neither changes; held ones stay."""
    nearest = np.full(len(rows), -1)
    for _ in range(_ROUNDS):
        alike = rows @ centres.T
        now = np.argmax(alike, axis=1)
        if (now == nearest).all():
            break
        nearest = now
        for group in range(held, len(centres)):
            members = rows[nearest == group]
            if len(members):
                centres[group] = scaled(members.sum(axis=0, keepdims=True))[0]
    alike = rows @ centres.T
    return np.argmax(alike, axis=1), np.max(alike, axis=1)


def _telling(pieces: Sequence[Piece], weighed: Weighed, members: np.ndarray) -> tuple[str, ...]:
    """Return the words that weigh more in these pieces than in all, the most telling first, of one language.

    That is the one most of them are in; where that has no telling words, of whichever.
    """
    most = language_of([pieces[int(place)] for place in members], 0.0)
    among = np.array([piece.language == most for piece in pieces])
    for its, all_of_them in ((members[among[members]], among), (members, np.ones(len(pieces), dtype=np.bool_))):
        more = (
            weighed.weights[its].mean(axis=0) - weighed.weights[all_of_them].mean(axis=0) if len(its) else np.zeros(0)
        )
        order = sorted(
            np.flatnonzero(more > 0), key=lambda place: (-round(float(more[place]), 9), weighed.words[place])
        )
        if order:
            return tuple(weighed.words[place] for place in order[:MOST_TERMS])
    return ()

"""Which pieces of feedback are put together by their words: those of one language. Pure."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from apps.surveys.feedback.themes.words import Piece, words_of

# Of a language with fewer pieces there are no themes of its own.
FEWEST_PIECES: Final = 20
# What is in no such language goes where at least so many of its words are said.
_SHARED: Final = 0.5


def pools_of(pieces: Sequence[Piece]) -> list[tuple[str | None, list[int]]]:
    """Return the places of pieces by language, the commonest first.

    What is too short to tell its language goes where its words are said, or into no pool. Where no language has
    enough pieces, all are one pool of no language.
    """
    many = [language for language, number in _by_number(pieces) if number >= FEWEST_PIECES]
    if not many:
        return [(None, list(range(len(pieces))))]
    pools: dict[str, list[int]] = {language: [] for language in many}
    said: dict[str, set[str]] = {language: set() for language in many}
    others = []
    for place, piece in enumerate(pieces):
        if piece.language in pools:
            pools[piece.language].append(place)
            said[piece.language] |= words_of(piece)
        else:
            others.append(place)
    for place in others:
        words = words_of(pieces[place])
        share, language = max(((len(words & said[each]), each) for each in many), key=lambda pair: pair[0])
        if words and share >= _SHARED * len(words):
            pools[language].append(place)
    return [(language, sorted(places)) for language, places in pools.items()]


def language_of(pieces: Sequence[Piece], share: float) -> str | None:
    """Return the language that at least that share of the pieces are in; None where none is."""
    first = _by_number(pieces)[:1]
    return first[0][0] if first and first[0][1] >= share * len(pieces) else None


def _by_number(pieces: Sequence[Piece]) -> list[tuple[str, int]]:
    counted = Counter(piece.language for piece in pieces if piece.language is not None)
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))

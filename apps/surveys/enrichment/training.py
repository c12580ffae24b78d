"""Train a head of sentiments on labelled texts, and tell how often it is right on those it was not fitted to."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from apps.surveys.enrichment.encoding import Encoder
from apps.surveys.enrichment.heads import Head, fit

FEWEST_EACH: Final = 50
MOST_TEXTS: Final = 200_000
# Words that raters found at least so good or so bad, of -4 to 4, are clear.
_CLEAR_WORD: Final = 1.0
# One text in so many is left out of the fit, and the head is tried on it.
_LEFT_OUT: Final = 5
_MEANT: Final = {"positive": True, "negative": False, "1": True, "-1": False}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text and whether it is good. What has the same `key` is fitted to or left out together."""

    text: str
    good: bool
    key: str


@dataclass(frozen=True, slots=True)
class Trained:
    """A head, on how many texts it was tried, and of these the share it told rightly, a mean of both classes."""

    head: Head
    tried: int
    right: float


def lexicon() -> list[Labelled]:
    """Return the words of VADER's lexicon (MIT), which ten people rated each, by themselves and in a sentence."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # noqa: PLC0415  # reads its lexicon

    rated = SentimentIntensityAnalyzer().lexicon.items()
    clear = [
        (word, rating > 0)
        for word, rating in rated
        if word.isalpha() and word.isascii() and len(word) > 2 and abs(rating) >= _CLEAR_WORD
    ]
    return [Labelled(text, good, word) for word, good in clear for text in (word, f"It was {word}.")]


def labelled(path: Path) -> Iterator[Labelled]:
    """Yield the lines of a CSV file with the columns `text` and `sentiment`: positive, negative, 1 or -1.

    Raises: ValueError with the line, where a column is missing or says something else.
    """
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for number, line in enumerate(csv.DictReader(lines), start=2):
            text, sentiment = line.get("text"), (line.get("sentiment") or "").strip().lower()
            if not text or sentiment not in _MEANT:
                raise ValueError(f"line {number}: `text` must say something and `sentiment` be positive or negative")
            if number > MOST_TEXTS + 1:
                raise ValueError(f"more than {MOST_TEXTS} lines")
            yield Labelled(text, _MEANT[sentiment], text)


def train(texts: Sequence[Labelled], *, trained_on: str) -> Trained:
    """Fit a head to four in five, and try it on the fifth. Raises: ValueError where there are too few of a class."""
    good = np.array([each.good for each in texts], dtype=np.bool_)
    left_out = np.array([_is_left_out(each.key) for each in texts], dtype=np.bool_)
    for kept in (left_out, ~left_out):
        if min(int((good & kept).sum()), int((~good & kept).sum())) < FEWEST_EACH / _LEFT_OUT / 2:
            raise ValueError(f"at least {FEWEST_EACH} positive and {FEWEST_EACH} negative texts are needed")
    encoder = Encoder()
    rows = encoder.encode([each.text for each in texts])
    head = fit(rows[~left_out], good[~left_out], encoder=encoder.version, trained_on=trained_on)
    return Trained(head, int(left_out.sum()), _right(head.leans(rows[left_out]) > 0, good[left_out]))


def _is_left_out(key: str) -> bool:
    return sha256(key.encode()).digest()[0] % _LEFT_OUT == 0


def _right(told: NDArray[np.bool_], good: NDArray[np.bool_]) -> float:
    return float((told[good].mean() + (~told[~good]).mean()) / 2)

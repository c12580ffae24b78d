"""The extra `nlp`: sentiments in 16 languages, by a head on sentence embeddings, in English together with VADER."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from numpy.typing import NDArray

from apps.surveys.enrichment.encoding import COVERED, Encoder
from apps.surveys.enrichment.enricher import MOST_CHARACTERS, Estimate, Told, label_of
from apps.surveys.enrichment.heads import Head, read_head
from apps.surveys.enrichment.vader import Vader

# Fitted by `manage.py train_sentiment` to the words of VADER's lexicon.
OURS: Final = Path(__file__).with_name("lexicon_head.json")
_MOST_IN_VERSION: Final = 20


class Multilingual:
    """In English the mean of VADER's score and the head's, elsewhere the head's alone. Others are not covered."""

    model: Final = "use-multilingual-3"

    def __init__(self, head: Head | None = None) -> None:
        self._vader = Vader()
        self._encoder = Encoder()
        self._head = head or _head_that_is_set()
        if self._head.encoder != self._encoder.version:
            raise ImproperlyConfigured(
                f"The head is of encoder {self._head.encoder} and {self._encoder.version} is installed:"
                " train it anew with `manage.py train_sentiment`."
            )
        self.version: Final = f"{self._encoder.version}-{self._head.version}-{self._vader.version}"[:_MOST_IN_VERSION]

    def enrich(self, told: Sequence[Told]) -> list[Estimate]:
        """Return an estimate for each, in their order."""
        told = [replace(each, text=each.text[:MOST_CHARACTERS]) for each in told]
        found = [self._vader.languages.of(each) for each in told]
        covered = [place for place, (language, _) in enumerate(found) if language in COVERED]
        leans = self._head.leans(self._encoder.encode([told[place].text for place in covered]))
        estimates = [Estimate(language) for language, _ in found]
        for place, lean in zip(covered, leans.tolist(), strict=True):
            estimates[place] = self._estimate(told[place], *found[place], lean)
        return estimates

    def embed(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Return where the words of each lie: what is alike lies close, in whichever of the languages."""
        return self._encoder.encode(texts)

    def _estimate(self, told: Told, language: str | None, sure: float, lean: float) -> Estimate:
        score, mixed = lean, False
        if language == "en":
            by_words = self._vader.score(told.text, sure)
            score, mixed = (lean + (by_words.score or 0.0)) / 2, by_words.mixed
        score = round(score, 4)
        return Estimate(language, score, label_of(score), mixed, round(sure * abs(score), 4))


def _head_that_is_set() -> Head:
    path = Path(settings.CX_SENTIMENT_HEAD) if settings.CX_SENTIMENT_HEAD else OURS
    try:
        return read_head(path)
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(f"CX_SENTIMENT_HEAD cannot be read: {error}") from error

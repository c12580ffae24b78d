"""The default: VADER, a lexicon and rules for English, after the language was found. Nothing is sent anywhere."""

from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import version
from typing import Final

from apps.surveys.enrichment.enricher import MOST_CHARACTERS, Estimate, Told, label_of
from apps.surveys.enrichment.languages import Languages

# Changes when something here does that changes estimates.
_RULES: Final = 1
# From which share of a text on its good words, or its bad ones, are many.
_MANY: Final = 0.15


class Vader:
    """VADER's compound score, with languages by py3langid. Any other language than English is not covered."""

    model: Final = "vader"

    def __init__(self) -> None:
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # noqa: PLC0415  # reads its lexicon

        self.languages = Languages()
        self._analyzer = SentimentIntensityAnalyzer()
        self.version: Final = f"{version('vaderSentiment')}-{_RULES}"

    def enrich(self, told: Sequence[Told]) -> list[Estimate]:
        """Return an estimate for each, in their order."""
        return [self._estimate(replace(each, text=each.text[:MOST_CHARACTERS])) for each in told]

    def embed(self, texts: Sequence[str]) -> None:
        """Words are all it knows."""
        del texts

    def _estimate(self, told: Told) -> Estimate:
        found, sure = self.languages.of(told)
        return self.score(told.text, sure) if found == "en" else Estimate(found)

    def score(self, text: str, sure: float) -> Estimate:
        """Return the estimate of an English text, if it is one: `sure` is how sure that is."""
        scores = self._analyzer.polarity_scores(text)
        score = float(scores["compound"])
        # How far it leans, or, where it leans nowhere, how much of it is neither good nor bad.
        clear = abs(score) if label_of(score) != "NEUTRAL" else scores["neu"]
        return Estimate(
            "en", score, label_of(score), min(scores["pos"], scores["neg"]) >= _MANY, round(sure * float(clear), 4)
        )

"""Which language words are in: what their source says, what py3langid finds and is sure of, or their writer's own."""

import re
from typing import Any, Final

from apps.surveys.enrichment.enricher import Told

# Less sure than that is not known; fewer letters than that tell nothing.
SURE: Final = 0.7
FEWEST_LETTERS: Final = 12
_LETTER: Final = re.compile(r"[^\W\d_]")


class Languages:
    """py3langid's model, of 97 languages."""

    def __init__(self) -> None:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415  # loads numpy and a model

        self._identifier: Any = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

    def of(self, told: Told) -> tuple[str | None, float]:
        """Return the language's primary tag and how sure that is, 0 to 1; no language where it is not known."""
        if told.language:
            return _primary(told.language), 1.0
        if len(_LETTER.findall(told.text[: 20 * FEWEST_LETTERS])) >= FEWEST_LETTERS:
            language, sure = self._identifier.classify(told.text)
            if sure >= SURE:
                return str(language), float(sure)
        return (_primary(told.likely), SURE) if told.likely else (None, 0.0)


def _primary(tag: str) -> str:
    return tag.split("-", maxsplit=1)[0].lower()

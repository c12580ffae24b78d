"""What whoever estimates languages and sentiments takes and gives. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# From which score on a text counts as negative or positive, and as very much so.
CLEAR: Final = 0.05
VERY: Final = 0.6
# Of a longer text only so much is read: what is said after that changes little, and takes long.
MOST_CHARACTERS: Final = 5_000


@dataclass(frozen=True, slots=True)
class Told:
    """Words, the language their source says they are in, and the one their writer mostly uses, as BCP 47 tags."""

    text: str
    language: str | None = None
    likely: str | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a model makes of words. `score` is -1 to 1; without one, it does not know the language, or none was found.

    `mixed`: clearly good and clearly bad at once. `confidence`, 0 to 1, is the model's own and of no other's scale.
    """

    language: str | None
    score: float | None = None
    label: str | None = None
    mixed: bool = False
    confidence: float | None = None


class Enricher(Protocol):
    """Estimates of one model in one version: what another one estimated is estimated anew."""

    @property
    def model(self) -> str: ...

    @property
    def version(self) -> str: ...

    def enrich(self, told: Sequence[Told]) -> list[Estimate]:
        """Return an estimate for each, in their order."""
        ...

    def embed(self, texts: Sequence[str]) -> "NDArray[np.float64] | None":
        """Return a row of length 1 for each text, close for what is alike; None of a model that makes none."""
        ...


def label_of(score: float) -> str:
    """Return the label of a score."""
    if abs(score) < CLEAR:
        return "NEUTRAL"
    which = "POSITIVE" if score > 0 else "NEGATIVE"
    return f"VERY_{which}" if abs(score) >= VERY else which

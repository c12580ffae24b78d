"""A head: what sentiment embeddings tell of, by logistic regression on labelled texts. Pure, but for its file."""

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
# How strongly weights are kept small; and how precisely they are written down.
_PENALTY: Final = 30.0
_DECIMALS: Final = 4
_ROUNDS: Final = 25
_STILL: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Head:
    """Weights of embeddings made by one version of the encoder, and what they were fitted to."""

    encoder: str
    trained_on: str
    texts: int
    weights: Matrix
    bias: float

    @property
    def version(self) -> str:
        """Six letters that change with any weight."""
        return sha256(np.append(self.weights, self.bias).round(_DECIMALS).tobytes()).hexdigest()[:6]

    def leans(self, embeddings: Matrix) -> Matrix:
        """Return how each leans, -1 to 1: how likely it is good less how likely it is bad."""
        leans: Matrix = np.tanh((embeddings @ self.weights + self.bias) / 2)
        return leans

    def write(self, path: Path) -> None:
        told = {"encoder": self.encoder, "trained_on": self.trained_on, "texts": self.texts, "bias": self.bias}
        path.write_text(json.dumps({**told, "weights": self.weights.tolist()}) + "\n", "utf-8")


def read_head(path: Path) -> Head:
    """Return what was written. Raises: OSError, ValueError (which KeyErrors are made into)."""
    told: dict[str, Any] = json.loads(path.read_text("utf-8"))
    try:
        weights = np.array(told["weights"], dtype=np.float64)
        return Head(told["encoder"], told["trained_on"], told["texts"], weights, float(told["bias"]))
    except (KeyError, TypeError) as error:
        raise ValueError(f"{path} is no head of `manage.py train_sentiment`") from error


def fit(embeddings: Matrix, good: NDArray[np.bool_], *, encoder: str, trained_on: str) -> Head:
    """Fit a head by Newton's method."""
    rows = np.column_stack([embeddings, np.ones(len(embeddings))])
    keep_small = np.full(rows.shape[1], _PENALTY)
    keep_small[-1] = 0.0
    found = np.zeros(rows.shape[1])
    for _ in range(_ROUNDS):
        likely = 1 / (1 + np.exp(-rows @ found))
        slope = rows.T @ (likely - good) + keep_small * found
        bend = (rows * (likely * (1 - likely))[:, None]).T @ rows + np.diag(keep_small)
        step = np.linalg.solve(bend, slope)
        found -= step
        if np.abs(step).max() < _STILL:
            break
    found = found.round(_DECIMALS)
    return Head(encoder, trained_on, len(embeddings), found[:-1], float(found[-1]))

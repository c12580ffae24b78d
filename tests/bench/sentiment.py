"""`python -m tests.bench.sentiment [folder]`: what the default model of sentiments is worth, and how fast it is.

The labelled sets are those of VADER's authors: `hutto_ICWSM_2014.tar.gz`, in the source package of vaderSentiment
(`pip download --no-deps --no-binary :all: vaderSentiment`), unpacked into the folder. Nothing here was tuned on any of
them; its authors grew the lexicon and the rules on other texts, and published these as the test. Without a folder only
the speed is told, on made-up remarks.
"""

import resource
import sys
import time
from pathlib import Path
from typing import Any

from apps.surveys.enrichment.enricher import CLEAR, Enricher, Told

SETS = ("tweets", "amazonReviewSnippets", "movieReviewSnippets", "nytEditorialSnippets")
SPEED = 5_000
REMARKS = ("The parcel came late and the box was damaged", "Very good service, thank you", "Where is my invoice?")
# Their raters' mean, -4 to 4: as clear on its scale as CLEAR is on ours.
_NEUTRAL = 4 * CLEAR


def _label(score: float, clear: float) -> int:
    return 0 if abs(score) < clear else 1 if score > 0 else -1


def _accuracy(model: Enricher, path: Path) -> dict[str, Any]:
    rows = [line.split("\t", 2) for line in path.read_text("utf-8", "replace").splitlines() if line.count("\t") >= 2]
    estimates = model.enrich([Told(text, "en") for _, _, text in rows])
    true = [_label(float(score), _NEUTRAL) for _, score, _ in rows]
    found = [_label(each.score or 0.0, CLEAR) for each in estimates]
    polar = [(t, f) for t, f in zip(true, found, strict=True) if t]
    decided = [(t, f) for t, f in polar if f]
    return {
        "texts": len(rows),
        "of three": sum(t == f for t, f in zip(true, found, strict=True)) / len(rows),
        "of clear ones": sum(t == f for t, f in polar) / len(polar),
        "of decided": sum(t == f for t, f in decided) / len(decided),
    }


def main() -> None:
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    from apps.surveys.enrichment.vader import Vader  # to see what loading takes

    model = Vader()
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(f"{model.model} {model.version}: loaded in {time.perf_counter() - began:.2f} s, {held / 1024:.0f} MB")
    for name in SETS if len(sys.argv) > 1 else ():
        told = _accuracy(model, Path(sys.argv[1]) / f"{name}_GroundTruth.txt")
        print(
            f"{name}: " + ", ".join(f"{k} {v:.3f}" if isinstance(v, float) else f"{v:,} {k}" for k, v in told.items())
        )
    began = time.perf_counter()
    model.enrich([Told(REMARKS[number % len(REMARKS)]) for number in range(SPEED)])
    print(f"{SPEED / (time.perf_counter() - began):,.0f} texts/s, language and sentiment, one process")


if __name__ == "__main__":
    main()

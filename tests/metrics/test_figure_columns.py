"""Numbers worked out by column are those that are worked out one by one, to the last bit."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.metrics.definitions.registry import METRICS
from apps.metrics.figure_columns import of_figures, of_sums
from apps.metrics.figures import figures_of

VARIANTS = [(metric, variant) for metric in METRICS.values() for variant in metric.variants]


# To draw takes longer than to reckon: each example is put to every variant, and there are three times as many.
@settings(max_examples=300)
@given(
    st.lists(st.tuples(st.integers(0, 40) | st.integers(0, 10**6), st.lists(st.floats(0, 1), min_size=8)), max_size=9)
)
def test_columns_tell_what_single_numbers_tell(drawn: list[tuple[int, list[float]]]) -> None:
    for metric, variant in VARIANTS:
        parts = variant.components
        whole = {variant.size, variant.denominator}
        lines = [
            [float(n) if part in whole else float(round(n * share)) for part, share in zip(parts, shares, strict=False)]
            for n, shares in drawn
        ]
        make = figures_of(variant, parts)

        by_column = of_sums(variant, parts, np.array(lines).reshape(len(lines), len(parts)).T)
        one_by_one = of_figures([make(line) for line in lines])

        named = f"{metric.key} {variant.key}"
        assert by_column.value == one_by_one.value, named
        assert by_column.sample_size == one_by_one.sample_size, named
        assert by_column.ends() == one_by_one.ends(), named


def test_a_bucket_without_rows_is_as_one_that_was_never_read() -> None:
    for _, variant in VARIANTS:
        empty = of_sums(variant, variant.components, np.zeros((len(variant.components), 1)))

        assert (empty.value, empty.sample_size, empty.ends()) == ([None], [0], ([None], [None]))
        assert (empty.value, empty.sample_size) == (of_figures([None]).value, of_figures([None]).sample_size)


def test_counts_are_written_as_they_are_only_where_they_are_graphqls_integers() -> None:
    variant = METRICS["VOLUME"].variants[0]

    fit = {count: of_sums(variant, variant.components, np.array([[1.0, count]])).fits for count in (7.0, 2.0**31)}

    assert fit == {7.0: True, 2.0**31: False}

"""Differences of shares: against published examples, and what has to hold whatever is counted."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.insights.experience.pairs import Pairs, Share, holm, mcnemar, paired_interval, unpaired_interval

COUNTS = st.integers(0, 60)
PAIRS = st.builds(Pairs, COUNTS, COUNTS, COUNTS, COUNTS).filter(lambda pairs: pairs.of > 0)


def test_the_mid_p_test_agrees_with_the_published_example() -> None:
    # Fagerland, Lydersen and Laake (2013): 1 and 7 of 21 children differ; exact 0.0703, mid-p 0.0391.
    assert mcnemar(Pairs(1, 1, 7, 12)) == pytest.approx(0.0391, abs=5e-5)


def test_the_normal_approximation_takes_over_without_a_step() -> None:
    exact = mcnemar(Pairs(0, 460, 540, 0))

    assert exact == pytest.approx(math.erfc(80 / math.sqrt(2_000)), rel=0.01)
    assert mcnemar(Pairs(0, 461, 541, 0)) == pytest.approx(exact, rel=0.02)


def test_intervals_agree_with_newcombes_published_ones() -> None:
    # Newcombe (1998), Statistics in Medicine 17:873-890, example (a): 56/70 - 48/80.
    apart = unpaired_interval(Share(56, 70), Share(48, 80))

    assert apart is not None
    assert (round(apart.low, 4), round(apart.high, 4)) == (0.0524, 0.3339)


@given(PAIRS)
def test_the_interval_of_pairs_holds_their_difference(pairs: Pairs) -> None:
    first, second = pairs.shares
    interval = paired_interval(pairs)

    assert interval is not None
    assert -1 <= interval.low <= (first.good - second.good) / pairs.of + 1e-12
    assert (first.good - second.good) / pairs.of - 1e-12 <= interval.high <= 1


@given(PAIRS)
def test_sides_exchanged_the_evidence_is_the_same(pairs: Pairs) -> None:
    turned = Pairs(pairs.both, pairs.second, pairs.first, pairs.neither)
    one, other = paired_interval(pairs), paired_interval(turned)

    assert mcnemar(pairs) == mcnemar(turned)
    assert one is not None
    assert other is not None
    assert (one.low, one.high) == pytest.approx((-other.high, -other.low))


def test_several_looks_cost_evidence() -> None:
    assert holm([0.01, None, 0.04, 0.03]) == pytest.approx([0.03, None, 0.06, 0.06])
    assert holm([0.9, 0.8]) == [1.0, 1.0]
    assert holm([]) == []


@given(st.lists(st.floats(0, 1), max_size=20))
def test_no_look_makes_evidence_stronger_and_their_order_stays(raw: list[float]) -> None:
    adjusted = holm(raw)

    assert all(a is not None and a >= p for a, p in zip(adjusted, raw, strict=True))
    for p, a in zip(raw, adjusted, strict=True):
        assert all((a or 0) <= (b or 0) for q, b in zip(raw, adjusted, strict=True) if q >= p)

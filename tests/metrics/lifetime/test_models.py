"""What holds of both models whatever they were fitted to."""

import math
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.metrics.statistics.lifetime import model
from apps.metrics.statistics.lifetime.bg_nbd import BgNbd, Histories, fit_bg_nbd
from apps.metrics.statistics.lifetime.gamma_gamma import GammaGamma, fit_gamma_gamma
from apps.metrics.statistics.lifetime.hypergeometric import one_less_powered
from apps.metrics.statistics.lifetime.maximum import maximise

positive = st.floats(0.05, 20)
models = st.builds(BgNbd, positive, positive, st.floats(0.05, 5), positive, st.just(0.0))
TERMS = model.Terms(12, 0.01, 1.0)


@st.composite
def histories(draw: st.DrawFn) -> Histories:
    count = draw(st.integers(1, 20))
    ages = np.array(draw(st.lists(st.floats(0, 400), min_size=count, max_size=count)))
    repeats = np.array(draw(st.lists(st.integers(0, 300), min_size=count, max_size=count)), dtype=float)
    shares = np.array(draw(st.lists(st.floats(0, 1), min_size=count, max_size=count)))
    return Histories(repeats, np.where(repeats > 0, ages * shares, 0.0), ages)


@settings(max_examples=60, deadline=None)
@given(models, histories(), st.floats(0.1, 100))
def test_chances_are_chances_and_more_time_never_means_fewer_purchases(
    fitted: BgNbd, known: Histories, ahead: float
) -> None:
    alive = fitted.p_alive(known)
    soon, later = fitted.expected_purchases(known, ahead), fitted.expected_purchases(known, 2 * ahead)

    assert np.all((alive >= 0) & (alive <= 1))
    assert np.all(soon >= -1e-7)
    assert np.all(later >= soon - 1e-7)


@settings(max_examples=60, deadline=None)
@given(models, st.integers(1, 300), st.floats(1, 400))
def test_who_bought_more_recently_is_more_likely_still_a_customer(fitted: BgNbd, repeats: int, age: float) -> None:
    recency = np.linspace(0, age, 20)

    alive = fitted.p_alive(Histories(np.full(20, float(repeats)), recency, np.full(20, age)))

    assert np.all(np.diff(alive) >= 0)


@pytest.mark.parametrize(
    ("r", "alpha", "a", "b", "ahead"),
    [(0.24, 4.4, 0.79, 2.4, 39), (2.0, 0.5, 3.0, 1.0, 5), (0.6, 20, 1.0, 4.0, 90), (5.0, 9.0, 0.1, 8.0, 12)],
)
def test_a_new_customer_is_expected_to_buy_what_a_simulation_does(
    r: float, alpha: float, a: float, b: float, ahead: float
) -> None:
    fitted = BgNbd(r, alpha, a, b, 0.0)
    new = Histories(np.zeros(1), np.zeros(1), np.zeros(1))
    rates = _gamma_points(r, alpha)

    plain = _mean_over_beta(a, b, rates, ahead)

    assert fitted.expected_purchases(new, ahead)[0] == pytest.approx(plain, rel=0.02, abs=1e-3)


def _gamma_points(shape: float, rate: float, count: int = 60_000) -> np.ndarray:
    return np.random.default_rng(1).gamma(shape, 1 / rate, count)


def _mean_over_beta(a: float, b: float, rates: np.ndarray, ahead: float) -> float:
    """E[(1 - exp(-rate x chance x t)) / chance]: the chance to leave drawn by quantiles of its own simulation."""
    chances = np.random.default_rng(2).beta(a, b, rates.shape).clip(1e-12)
    return float(np.mean(-np.expm1(-rates * chances * ahead) / chances))


@pytest.mark.parametrize(("e", "b", "c", "z"), [(0.5, 1.5, 2.5, 0.3), (-0.4, 2.0, 3.0, 0.9), (1.2, -0.7, 1.9, 0.6)])
def test_the_series_is_eulers_integral_of_the_function(e: float, b: float, c: float, z: float) -> None:
    terms = [1.0]
    for n in range(4_000):
        terms.append(terms[-1] * (e + n) * (b + n) / ((c + n) * (n + 1)) * z)

    found = one_less_powered(e, b, np.array([c]), np.array([z]))[0]

    assert found == pytest.approx(1 - (1 - z) ** e * math.fsum(terms), rel=1e-10)


def simulated(count: int, seed: int) -> tuple[Histories, np.ndarray]:
    """Customers who do as the models say: r = 0.8, alpha = 20 days, a = 1, b = 4; p = 6, q = 4, v = 45."""
    rng = np.random.default_rng(seed)
    ages = rng.integers(100, 700, count).astype(float)
    rates, leaving = rng.gamma(0.8, 1 / 20, count), rng.beta(1.0, 4.0, count)
    repeats, recency = np.zeros(count), np.zeros(count)
    for place in range(count):
        day, age = 0.0, ages[place]
        while True:
            day += rng.exponential(1 / rates[place])
            if day > age:
                break
            repeats[place] += 1
            recency[place] = day
            if rng.random() < leaving[place]:
                break
    scales = rng.gamma(4.0, 1 / 45, count)
    means = np.array(
        [rng.gamma(6.0 * x, 1 / (scale * x)) if x else 0.0 for x, scale in zip(repeats, scales, strict=True)]
    )
    return Histories(repeats, recency, ages), means


@pytest.fixture(scope="module")
def customers() -> tuple[Histories, np.ndarray]:
    return simulated(4_000, 7)


def test_the_parameters_that_made_customers_are_found_again(customers: tuple[Histories, np.ndarray]) -> None:
    found = model.fit(*customers)

    assert isinstance(found, model.Model)
    assert found.buying[:4] == pytest.approx((0.8, 20, 1, 4), rel=0.25)
    assert found.spending[:3] == pytest.approx((6, 4, 45), rel=0.25)
    assert found.customers == 4_000


def test_a_shuffled_crowd_has_the_same_model(customers: tuple[Histories, np.ndarray]) -> None:
    known, _ = customers
    order = np.array(Random(3).sample(range(4_000), 4_000))

    shuffled = fit_bg_nbd(Histories(known.repeats[order], known.recency[order], known.age[order]))

    assert shuffled == pytest.approx(fit_bg_nbd(known), rel=1e-6)


def test_values_add_up_by_month_and_scale_with_the_margin(customers: tuple[Histories, np.ndarray]) -> None:
    known, means = customers
    found = model.fit(known, means)
    assert isinstance(found, model.Model)

    year = found.values(known, means, TERMS)
    half = found.values(known, means, model.Terms(6, 0.01, 1.0))
    with_margin = found.values(known, means, model.Terms(12, 0.01, 0.4))
    undiscounted = found.values(known, means, model.Terms(12, 0.0, 1.0))

    expected = found.buying.expected_purchases(known, 12 * model.DAYS_A_MONTH)
    known_repeats = np.where(means > 0, known.repeats, 0)
    assert np.all(half <= year)
    assert with_margin == pytest.approx(0.4 * year)
    assert undiscounted == pytest.approx(expected * found.spending.expected_value(known_repeats, means))
    assert np.all(year <= undiscounted)


def test_data_that_cannot_bear_a_model_have_none_and_say_why(customers: tuple[Histories, np.ndarray]) -> None:
    known, means = customers
    few = Histories(known.repeats[:150], known.recency[:150], known.age[:150])

    assert model.fit(few, means[:150]) == model.TOO_FEW
    assert model.fit(known, known.repeats * 10) == model.CORRELATED
    assert fit_gamma_gamma(np.ones(300), np.full(300, 5.0)) is None


def test_nobody_who_buys_again_is_no_model() -> None:
    assert fit_bg_nbd(Histories(np.zeros(9), np.zeros(9), np.arange(9.0))) is None


def test_a_function_without_a_maximum_has_none() -> None:
    assert maximise(lambda x: float(np.log(x).sum()), (1.0, 1.0)) is None


def test_a_purchases_expected_value_lies_between_the_own_mean_and_everybodys() -> None:
    fitted = GammaGamma(6.0, 4.0, 45.0, 0.0)

    values = fitted.expected_value(np.array([0.0, 1, 5, 1_000_000]), np.array([0.0, 200, 200, 200]))

    assert values[0] == pytest.approx(fitted.population_mean) == pytest.approx(90)
    assert np.all(np.diff(values) > 0)
    assert values[3] == pytest.approx(200, rel=1e-4)

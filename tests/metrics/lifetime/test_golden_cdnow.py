"""The published numbers of CDNOW's customers."""

import numpy as np
import pytest

from apps.metrics.statistics.lifetime.bg_nbd import BgNbd, Histories, fit_bg_nbd
from apps.metrics.statistics.lifetime.gamma_gamma import GammaGamma, fit_gamma_gamma
from tests.metrics.lifetime.cdnow import PURCHASES, SUMMARY, means_of_sample, purchases, sample

needs_summary = pytest.mark.skipif(not SUMMARY.exists(), reason=f"the data set {SUMMARY.name} is not on this machine")
needs_purchases = pytest.mark.skipif(
    not PURCHASES.exists(), reason=f"the data set {PURCHASES.name} is not on this machine"
)
# Somebody who bought twice more, 30.43 weeks after the first time, and was watched for 38.86.
SOMEBODY = Histories(np.array([2.0]), np.array([30.43]), np.array([38.86]))


@pytest.fixture(scope="module")
def fitted() -> BgNbd:
    found = fit_bg_nbd(sample())
    assert found is not None
    return found


@needs_summary
def test_the_fit_is_the_published_one(fitted: BgNbd) -> None:
    assert [round(each, 5) for each in fitted[:4]] == [0.24259, 4.41353, 0.79289, 2.42575]
    assert round(fitted.log_likelihood, 2) == -9582.43


@needs_summary
def test_what_is_expected_of_a_customer_is_what_is_published(fitted: BgNbd) -> None:
    assert fitted.p_alive(SOMEBODY).round(5).tolist() == [0.72661]
    assert fitted.expected_purchases(SOMEBODY, 39).round(5).tolist() == [1.22591]


def test_the_expected_value_of_a_purchase_is_what_is_published() -> None:
    published = GammaGamma(6.2488, 3.7446, 15.4478, 0)

    assert published.expected_value(np.array([2.0]), np.array([22.35])).round(3).tolist() == [24.659]


@needs_summary
@needs_purchases
def test_purchases_values_are_fitted_within_a_hundredth_of_what_is_published() -> None:
    """As near as the file comes: it does not say which customers of equal history were in the sample."""
    repeats, means = means_of_sample()

    fitted = fit_gamma_gamma(repeats, means)

    assert len(means) == 946
    assert fitted is not None
    assert fitted[:3] == pytest.approx((6.2488, 3.7446, 15.4478), rel=0.01)
    assert fitted.expected_value(np.array([2.0]), np.array([22.35]))[0] == pytest.approx(24.6586, rel=0.001)


@needs_purchases
def test_the_whole_file_is_what_it_is_said_to_be() -> None:
    everything = purchases()

    assert len(everything) == 69_659
    assert len({customer for customer, _, _ in everything}) == 23_570
    assert round(sum(dollars for _, _, dollars in everything), 2) == 2_500_315.63

"""The published numbers of a real call centre's month, from rollups and from the rows alike."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from apps.metrics import selectors
from apps.metrics.definitions.vocabulary import DimensionKey, Statistic
from apps.metrics.models import Histogram
from apps.metrics.recompute import recompute_all
from apps.metrics.statistics.histogram import merge
from apps.metrics.statistics.quantiles import of_histogram
from apps.metrics.windows import Window
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.metrics.bank import FILE, store_calls

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not FILE.exists(), reason=f"the data set {FILE.name} is not on this machine"),
]

AUGUST = Window(datetime(2010, 8, 1, tzinfo=UTC), datetime(2010, 9, 1, tzinfo=UTC))
NOW = datetime(2010, 12, 1, tzinfo=UTC)


@pytest.fixture
def bank(acme: BrandRef) -> BrandRef:
    brand = replace(acme, time_zone="UTC")
    # As long as a busy machine may need to store them all.
    with brand_tx(brand, statement_timeout_ms=60_000):
        assert store_calls() == 38_711
    return brand


def test_the_months_numbers_are_the_published_ones(bank: BrandRef) -> None:
    with brand_tx(bank):
        before = numbers()
    recompute_all(bank, now=NOW)
    with brand_tx(bank):
        after = numbers()

    assert after == before
    assert after == {
        ("VOLUME", "OPENED"): (38_711, None, 38_711, 38_711),
        ("ABANDONMENT", "ALL_OFFERED"): (7_309, 38_711, 38_711, 0.1888),
        ("ABANDONMENT", "SHORT_EXCLUDED"): (7_309 - 351, 38_711 - 351, 38_711 - 351, 0.1814),
        ("SPEED_OF_ANSWER", "ANSWERED"): (2_317_703, 31_402, 31_402, 73.807),
        ("SERVICE_LEVEL", "ALL_OFFERED"): (15_857, 38_711, 38_711, 0.4096),
        ("SERVICE_LEVEL", "SHORT_EXCLUDED"): (15_857, 38_711 - 351, 38_711 - 351, 0.4134),
        ("SERVICE_LEVEL", "ABANDONS_EXCLUDED"): (15_857, 31_402, 31_402, 0.505),
        ("AHT", "PER_INTERACTION"): (5_790_452, 31_277, 31_277, 185.135),
        ("REPEAT_CONTACT_RATE", "SEVEN_DAYS"): (8_381, 13_037, 13_037, 0.6429),
        ("FCR_REPEAT", "SEVEN_DAYS"): (3_278, 4_913, 4_913, 0.6672),
    }


def numbers() -> dict[tuple[str, str], tuple[float | None, float | None, int, float]]:
    found = {}
    for key, variant, digits in (
        ("VOLUME", "OPENED", 0),
        ("ABANDONMENT", "ALL_OFFERED", 4),
        ("ABANDONMENT", "SHORT_EXCLUDED", 4),
        ("SPEED_OF_ANSWER", "ANSWERED", 3),
        ("SERVICE_LEVEL", "ALL_OFFERED", 4),
        ("SERVICE_LEVEL", "SHORT_EXCLUDED", 4),
        ("SERVICE_LEVEL", "ABANDONS_EXCLUDED", 4),
        ("AHT", "PER_INTERACTION", 3),
        ("REPEAT_CONTACT_RATE", "SEVEN_DAYS", 4),
        ("FCR_REPEAT", "SEVEN_DAYS", 4),
    ):
        answer = selectors.metric_value(key, AUGUST, variant=variant, now=NOW)
        assert answer.value is not None
        found[key, variant] = (
            answer.numerator,
            answer.denominator,
            answer.sample_size,
            round(answer.value, digits),
        )
    return found


def test_the_median_is_exact_and_its_histogram_within_two_per_cent(bank: BrandRef) -> None:
    recompute_all(bank, now=NOW)
    with brand_tx(bank):
        median = selectors.metric_value("AHT", AUGUST, statistic=Statistic.MEDIAN, now=NOW)
        stored = Histogram.objects.filter(fact="interaction", shape=0, measure="handle")
        histogram = of_histogram(*merge(stored.values_list("bins", "counts")), 0.5, whole=False)

    assert (median.value, median.sample_size) == (111.0, 31_277)
    assert median.interval is not None
    assert (median.interval.low, median.interval.high) == (110.0, 112.0)
    assert histogram is not None
    assert abs(histogram.value / 111 - 1) < 0.02


def test_the_censored_week_is_told(bank: BrandRef) -> None:
    with brand_tx(bank):
        whole = selectors.metric_value("REPEAT_CONTACT_RATE", AUGUST, now=NOW)
        mature = selectors.metric_value(
            "REPEAT_CONTACT_RATE", Window(AUGUST.start, datetime(2010, 8, 25, tzinfo=UTC)), now=NOW
        )

    assert (whole.provisional, mature.provisional) == (True, False)
    assert (whole.numerator, whole.denominator) == (mature.numerator, mature.denominator)


def test_the_queues_add_up_to_the_whole(bank: BrandRef) -> None:
    recompute_all(bank, now=NOW)
    with brand_tx(bank):
        slices = selectors.metric_breakdown("SERVICE_LEVEL", AUGUST, by=DimensionKey.QUEUE, top=2, now=NOW)

    assert [(part.kind, part.key) for part in slices] == [("VALUE", "PS"), ("VALUE", "NW"), ("OTHER", None)]
    assert sum(part.metric.numerator or 0 for part in slices) == 15_857
    assert sum(part.metric.denominator or 0 for part in slices) == 38_711

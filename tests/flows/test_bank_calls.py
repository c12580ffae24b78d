"""A real call centre's month: its own log, mapped, imported over HTTP, counted by the worker, asked over GraphQL.

The numbers are the published ones of the data set, recomputed from the file in plain Python.
"""

import io
from pathlib import Path
from typing import Any

import pytest

from cxplatform.imports.mapping.exports import open_export
from cxplatform.imports.mapping.mapping import read_mapping
from cxplatform.imports.mapping.run import map_export
from tests.flows.client import Client
from tests.flows.programs import PROJECT

LOG = PROJECT / ".." / "shared" / "data" / "bank_calls_one_month.csv.gz"
MAPPING = PROJECT / "docs" / "mappings" / "anonymousbank.toml"
AUGUST = {"from": "2010-08-01T00:00:00+03:00", "to": "2010-09-01T00:00:00+03:00"}
QUESTION = """
query Month($august: WindowInput!) {
  volume: metric(key: VOLUME, window: $august) { ...number }
  abandonment: metric(key: ABANDONMENT, window: $august) { ...number }
  abandonmentNotShort: metric(key: ABANDONMENT, window: $august, variant: "SHORT_EXCLUDED") { ...number }
  speed: metric(key: SPEED_OF_ANSWER, window: $august) { ...number }
  level: metric(key: SERVICE_LEVEL, window: $august) { ...number }
  levelNotShort: metric(key: SERVICE_LEVEL, window: $august, variant: "SHORT_EXCLUDED") { ...number }
  levelOfAnswered: metric(key: SERVICE_LEVEL, window: $august, variant: "ABANDONS_EXCLUDED") { ...number }
  handling: metric(key: AHT, window: $august) { ...number guardRail { key ...number } }
  handlingMedian: metric(key: AHT, window: $august, statistic: MEDIAN) { value sampleSize }
  repeats: metric(key: REPEAT_CONTACT_RATE, window: $august) { ...number provisional }
}
fragment number on MetricValue { value numerator denominator }
"""


@pytest.mark.skipif(not LOG.exists(), reason=f"the data set {LOG.name} is not beside this project")
def test_the_published_numbers_of_the_month_come_out_of_the_log(bank_client: Client) -> None:
    calls = mapped(LOG)

    first = bank_client.load("interactions", calls)
    numbers = bank_client.ask(QUESTION, august=AUGUST)
    again = bank_client.load("interactions", calls)
    numbers_again = bank_client.ask(QUESTION, august=AUGUST)

    assert first == {"rows": 38_711, "accepted": 38_711, "updated": 0, "duplicates": 0, "rejected": 0}
    assert counts(numbers) == {
        "abandonment": (7_309, 38_711),
        "abandonmentNotShort": (7_309 - 351, 38_711 - 351),
        "speed": (2_317_703, 31_402),
        "level": (15_857, 38_711),
        "levelNotShort": (15_857, 38_711 - 351),
        "levelOfAnswered": (15_857, 31_402),
        "handling": (5_790_452, 31_277),
        "repeats": (8_381, 13_037),
    }
    assert numbers["volume"]["value"] == 38_711
    assert {name: round(100 * numbers[name]["value"], 2) for name in RATES} == RATES
    assert round(numbers["speed"]["value"], 3) == 73.807
    assert round(numbers["handling"]["value"], 3) == 185.135
    assert numbers["handlingMedian"] == {"value": 111.0, "sampleSize": 31_277}
    assert numbers["repeats"]["provisional"] is True
    assert numbers["handling"]["guardRail"]["key"] == "REPEAT_CONTACT_RATE"
    assert again == {"rows": 38_711, "accepted": 0, "updated": 0, "duplicates": 38_711, "rejected": 0}
    assert numbers_again == numbers


RATES = {
    "abandonment": 18.88,
    "abandonmentNotShort": 18.14,
    "level": 40.96,
    "levelNotShort": 41.34,
    "levelOfAnswered": 50.50,
    "repeats": 64.29,
}


def mapped(log: Path) -> bytes:
    """Map the log; its second sheet and what never queued is left out, and nothing else."""
    out = io.StringIO()
    with open_export(log) as export:
        outcome = map_export(read_mapping(MAPPING), "csv", export, out)
    assert (outcome.written, outcome.skipped, outcome.failed) == (38_711, 5_743, 0)
    return out.getvalue().encode()


def counts(numbers: dict[str, Any]) -> dict[str, tuple[float, float]]:
    """Return the numerators and denominators of all that have both."""
    return {
        name: (number["numerator"], number["denominator"])
        for name, number in numbers.items()
        if number.get("denominator") is not None
    }

"""A metric by the hour of the week: every cell there, cut by the brand's wall clocks, adding up to the whole."""

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.accounts.permissions import Role
from apps.metrics import selectors
from apps.metrics.clock import wall_clock
from apps.metrics.definitions.registry import METRICS
from apps.metrics.definitions.vocabulary import DimensionKey, Statistic
from apps.metrics.filters import where_of
from apps.metrics.heatmap import metric_heatmap
from apps.metrics.recompute import recompute_all
from apps.metrics.windows import Window
from cxplatform.errors import BadInput
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import MakeAsker, codes
from tests.metrics import plain
from tests.metrics.april import APRIL, NOW, answers, at, call
from tests.metrics.drawn import scratch, settings_of_rows, spans
from tests.metrics.rows import store
from tests.metrics.test_recount import with_database

pytestmark = pytest.mark.django_db
MONDAY, SUNDAY = 1, 7
WEEK = [(weekday, hour) for weekday in range(1, 8) for hour in range(24)]


def told(key: str, window: Window = APRIL, **asked: Any) -> dict[tuple[int, int], tuple[float | None, int]]:
    """Return value and size of every cell that rests on rows."""
    cells = metric_heatmap(key, window, now=NOW, **asked).cells
    assert [(cell.weekday, cell.hour) for cell in cells] == WEEK
    return {(cell.weekday, cell.hour): (cell.value, cell.sample_size) for cell in cells if cell.sample_size}


def test_a_week_has_168_hours_and_none_without_rows_has_a_value(kept: Any) -> None:
    kept([call(6), call(13, talk_seconds=200.0), call(12, opened_at=at(12, 23))])

    cells = metric_heatmap("AHT", APRIL, now=NOW).cells

    assert len(cells) == 168
    assert [(c.weekday, c.hour, c.value, c.sample_size) for c in cells if c.value is not None] == [
        (MONDAY, 12, 150.0, 2),
        (SUNDAY, 23, 100.0, 1),
    ]
    assert {(c.value, c.sample_size) for c in cells if c.sample_size == 0} == {(None, 0)}


def test_a_filter_and_a_median_are_answered_from_the_rows(kept: Any) -> None:
    kept([call(6, queue="a", talk_seconds=seconds) for seconds in (10.0, 20.0, 90.0)] + [call(6, queue="b")])
    north = where_of({DimensionKey.QUEUE: ["a"]})

    assert told("VOLUME", where=north) == {(MONDAY, 12): (3, 3)}
    assert told("AHT", where=north, statistic=Statistic.MEDIAN) == {(MONDAY, 12): (20.0, 3)}


@pytest.mark.parametrize("made", [False, True], ids=["from rows", "from rollups"])
@pytest.mark.parametrize(
    ("zone", "instants", "expected"),
    [
        # The hour that New York's clocks repeat is one cell; the one they skip is none.
        ("America/New_York", ["2025-11-02T05:30Z", "2025-11-02T06:30Z"], {(SUNDAY, 1): (2, 2)}),
        ("America/New_York", ["2026-03-08T06:30Z", "2026-03-08T07:30Z"], {(SUNDAY, 1): (1, 1), (SUNDAY, 3): (1, 1)}),
        # Lord Howe sets its clocks by half an hour, at two.
        ("Australia/Lord_Howe", ["2026-04-04T14:45Z", "2026-04-04T15:15Z"], {(SUNDAY, 1): (2, 2)}),
        ("Australia/Lord_Howe", ["2025-10-04T15:15Z", "2025-10-04T15:45Z"], {(SUNDAY, 1): (1, 1), (SUNDAY, 2): (1, 1)}),
        ("Asia/Kolkata", ["2026-03-01T18:29Z", "2026-03-01T18:30Z"], {(SUNDAY, 23): (1, 1), (MONDAY, 0): (1, 1)}),
    ],
)
def test_hours_are_those_of_the_wall_clock(
    acme: BrandRef, zone: str, instants: list[str], expected: dict[tuple[int, int], Any], made: bool
) -> None:
    brand = replace(acme, time_zone=zone)
    with brand_tx(brand):
        store({"opened_at": instant} for instant in instants)
    if made:
        recompute_all(brand, now=NOW)
    middle = datetime.fromisoformat(instants[0]).replace(minute=0 if zone != "Asia/Kolkata" else 30)

    with brand_tx(brand):
        assert told("VOLUME", Window(middle - timedelta(days=20), middle + timedelta(days=20))) == expected


@with_database
@given(data=st.data())
def test_cells_are_counted_as_a_plain_loop_counts_and_add_up_to_the_whole(acme: BrandRef, data: st.DataObject) -> None:
    zone, first, rows = data.draw(settings_of_rows())
    window, now = data.draw(spans(zone, first)), first + timedelta(days=60)
    brand = replace(acme, time_zone=zone.key)
    contacts, replies = (by_cell(rows, field, window, zone) for field in ("opened_at", "answered_at"))

    with scratch():
        with brand_tx(brand):
            store(rows)
        if data.draw(st.booleans(), label="from rollups"):
            recompute_all(brand, now=now)
        with brand_tx(brand):
            for key, metric in METRICS.items():
                usual = metric.variants[0]
                if usual.stock or usual.exposure is not None or metric.fact.spanned:
                    with pytest.raises(BadInput):
                        metric_heatmap(key, window, now=now)
                    continue
                counted = plain.CONTACTS | plain.ANSWERS
                count = counted.get((key, metric.variants[0].key))
                cells = metric_heatmap(key, window, now=now).cells
                whole = selectors.metric_value(key, window, now=now)
                assert sum(cell.sample_size for cell in cells) == whole.sample_size
                for cell in cells if count else ():
                    mine = (contacts if (key, metric.variants[0].key) in plain.CONTACTS else replies)[
                        cell.weekday, cell.hour
                    ]
                    numerator, denominator, size = count(mine)  # type: ignore[misc]  # not called where there is none
                    assert cell.sample_size == size
                    value = metric.variants[0].scale * numerator / (denominator or 1) if size else None
                    assert cell.value == pytest.approx(value)


def by_cell(rows: list[dict[str, Any]], field: str, window: Window, zone: ZoneInfo) -> dict[tuple[int, int], list[Any]]:
    found: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for row in plain.within(rows, field, window.start, window.end):
        wall = row[field].astimezone(zone)
        found[wall.isoweekday(), wall.hour].append(row)
    return found


def test_a_clock_that_is_never_set_is_one_offset_and_a_year_of_new_york_three() -> None:
    start, end = datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)

    assert wall_clock(start, end, ZoneInfo("Asia/Kolkata")).ahead == (timedelta(hours=5.5),)
    assert wall_clock(start, end, ZoneInfo("America/New_York")).since == (
        start,
        datetime(2025, 3, 9, 7, tzinfo=UTC),
        datetime(2025, 11, 2, 6, tzinfo=UTC),
    )


def test_few_answers_about_one_agent_hide_their_hour_and_the_next_smallest(kept: Any) -> None:
    rows = [*answers("kim", [5] * 3 + [1] * 9), *answers("lee", [5] * 9)]
    for place, row in enumerate(row for row in rows if "answered_at" in row):
        row["answered_at"] = at(2, 8 if place < 3 else 9)
    kept(rows)

    cells = metric_heatmap("CSAT", APRIL, where=where_of({DimensionKey.AGENT: ["kim"]}), now=NOW).cells

    assert [(c.hour, c.value, c.sample_size, c.suppressed) for c in cells if c.sample_size] == [
        (8, None, 3, True),
        (9, None, 9, True),
    ]


def test_hours_of_single_people_are_told_for_whole_days_only(kept: Any) -> None:
    kept(answers("kim", [5] * 9))

    with pytest.raises(BadInput) as refused:
        metric_heatmap("CSAT", Window(at(2, 9), at(3, 9)), where=where_of({DimensionKey.AGENT: ["kim"]}), now=NOW)

    assert refused.value.field == "window.from"


HEATMAP = """
query ($where: MetricWhere) {
  metricHeatmap(key: VOLUME, window: {from: "2026-04-01T00:00:00-04:00", to: "2026-05-01T00:00:00-04:00"},
                where: $where) {
    unit cells { weekday hour value sampleSize suppressed }
  }
}"""


def test_a_client_gets_the_week_of_its_brands_zone(asker: MakeAsker, acme: BrandRef) -> None:
    with brand_tx(acme):
        store([{"opened_at": "2026-04-06T03:30Z", "queue": "north"}])

    answer = asker(Role.VIEWER).data(HEATMAP)["metricHeatmap"]

    assert (answer["unit"], len(answer["cells"])) == ("COUNT", 168)
    assert [cell for cell in answer["cells"] if cell["value"] is not None] == [
        {"weekday": SUNDAY, "hour": 23, "value": 1.0, "sampleSize": 1, "suppressed": False}
    ]


def test_single_agents_hours_need_a_permission(asker: MakeAsker) -> None:
    assert codes(asker(Role.VIEWER).ask(HEATMAP, {"where": {"agent": ["kim"]}})) == ["FORBIDDEN"]

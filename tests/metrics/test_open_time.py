"""Durations in open time: what SQL counts from the table of openings is what the timeline of the calendar says."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.accounts.permissions import Role
from apps.interactions.calendars.openings import laid_out, years_of
from apps.interactions.calendars.timeline import EARLIEST
from apps.interactions.calendars.written import WeekdayOpening, Written
from apps.interactions.commands.openings import lay_out_further
from apps.interactions.models import CalendarOpening, Queue
from apps.metrics import selectors
from apps.metrics.definitions.vocabulary import DimensionKey, Part
from apps.metrics.drilldown import metric_records
from apps.metrics.recompute import recompute_all
from apps.metrics.windows import Window
from cxplatform.graphql.global_ids import global_id
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import MakeAsker
from tests.graphql.test_calendars import make, revise
from tests.interactions.calendars.drawn import ALWAYS, instants, versions
from tests.interactions.calendars.plain import Versions, timeline_of
from tests.metrics.drawn import scratch
from tests.metrics.opened import opened
from tests.metrics.rows import store
from tests.metrics.test_recount import with_database

pytestmark = pytest.mark.django_db
NOW = datetime(2018, 7, 1, tzinfo=UTC)
YEARS = Window(datetime(2017, 1, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC))
LATER = datetime(2021, 6, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
UPDATE = "mutation($input: UpdateQueueInput!) { updateQueue(input: $input) { userErrors { message } } }"
OFFICE = tuple(WeekdayOpening("09:00", "17:00", weekday) for weekday in range(1, 6))


def saying(*weekly: tuple[WeekdayOpening, ...]) -> Versions:
    return [(EARLIEST, Written("UTC", hours, (), ())) for hours in weekly]


def told_apart(variant: str = "ANY_BUSINESS") -> Sequence[float | None]:
    drilldown = metric_records("FIRST_RESPONSE_TIME", YEARS, part=Part.NUMERATOR, variant=variant, now=LATER)
    return [row.amount for row in drilldown.page(after=None, limit=100)]


@with_database
@given(
    written=versions(), pairs=st.lists(st.tuples(instants(), instants()), min_size=1, max_size=12), made=st.booleans()
)
def test_sql_counts_what_the_timeline_counts(
    acme: BrandRef, written: Versions, pairs: list[tuple[datetime, datetime]], made: bool
) -> None:
    spans = sorted({min(pair): max(pair) for pair in pairs}.items(), reverse=True)
    timeline = timeline_of(written)
    expected = [timeline.elapsed(start, end).total_seconds() for start, end in spans]
    brand = replace(acme, time_zone="UTC")

    with scratch():
        with brand_tx(brand):
            opened("default", written, now=NOW)
            store({"opened_at": start, "first_response_at": end, "channel": "EMAIL"} for start, end in spans)
        if made:
            recompute_all(brand, now=LATER)
        with brand_tx(brand):
            assert told_apart() == pytest.approx(expected, abs=1e-6)
            value = selectors.metric_value("FIRST_RESPONSE_TIME", YEARS, variant="ANY_BUSINESS", now=LATER)
            assert (value.numerator, value.sample_size) == (pytest.approx(sum(expected), abs=1e-5), len(spans))


@given(written=versions(), moments=st.tuples(instants(), instants()))
def test_the_sums_of_the_table_are_the_timelines(written: Versions, moments: tuple[datetime, datetime]) -> None:
    timeline, (start, end) = timeline_of(written), sorted(moments)
    table = list(laid_out(timeline, start, end + timedelta(days=1)))

    assert [laid.opens_at for laid in table] == sorted({laid.opens_at for laid in table})
    assert table[-1].seconds_before is None
    for laid in table[:-1]:
        assert laid.seconds_before == pytest.approx(timeline.elapsed(start, laid.opens_at).total_seconds())


def test_a_queues_calendar_goes_before_the_default_one_and_none_is_told_as_such(acme: BrandRef) -> None:
    friday, monday = datetime(2018, 3, 2, 16, tzinfo=UTC), datetime(2018, 3, 5, 10, tzinfo=UTC)
    row = {"opened_at": friday, "first_response_at": monday, "channel": "EMAIL"}
    with brand_tx(replace(acme, time_zone="UTC")):
        store([{**row, "queue": "unknown"}])
        without = metric_records(
            "FIRST_RESPONSE_TIME", YEARS, part=Part.EXCLUDED, variant="ANY_BUSINESS", now=LATER
        ).reasons()
        opened("default", saying(OFFICE), now=NOW)
        opened("night", saying(ALWAYS), now=NOW, queue="night")
        store([{**row, "queue": "night"}])
        slices = selectors.metric_breakdown(
            "FIRST_RESPONSE_TIME", YEARS, by=DimensionKey.QUEUE, variant="ANY_BUSINESS", now=LATER
        )

    assert [(reason.partition(":")[0], count) for reason, count in without] == [("No calendar applies to it", 1)]
    assert {part.key: part.metric.value for part in slices} == {"unknown": 7_200, "night": 66 * 3_600}


def test_what_lies_beyond_the_years_written_down_is_left_out_and_told(acme: BrandRef) -> None:
    ancient = datetime(2007, 12, 31, tzinfo=UTC)
    with brand_tx(replace(acme, time_zone="UTC")):
        opened("default", saying(ALWAYS), now=NOW)
        store([{"opened_at": ancient, "first_response_at": ancient + timedelta(days=2), "channel": "EMAIL"}])
        window = Window(datetime(2007, 1, 1, tzinfo=UTC), datetime(2009, 1, 1, tzinfo=UTC))
        value = selectors.metric_value("FIRST_RESPONSE_TIME", window, variant="ANY_BUSINESS", now=LATER)

    assert (value.value, value.excluded) == (None, 1)


def test_tables_grow_with_the_years_by_themselves(acme: BrandRef) -> None:
    with brand_tx(acme):
        calendar_id = opened("default", saying(ALWAYS), now=NOW)
        for now in (NOW, NOW + timedelta(days=365)):
            lay_out_further(now=now)
            last = CalendarOpening.objects.filter(calendar=calendar_id).latest("opens_at")
            assert (last.opens_at, last.seconds_before) == (years_of(now)[1], None)


def monday_hours(closes: str) -> dict[str, Any]:
    hours = [{"weekday": 1, "opens": "09:00", "closes": closes}]
    return {"timeZone": "UTC", "hours": hours, "holidays": [], "specialDays": []}


@pytest.mark.parametrize("key", ["default", "of its queue"])
def test_numbers_follow_every_change_of_a_calendar_and_of_its_use(acme: BrandRef, asker: MakeAsker, key: str) -> None:
    admin, brand, now = asker(Role.BRAND_ADMIN), replace(acme, time_zone="UTC"), datetime.now(UTC)
    noon = datetime(now.year - 2, 3, 1, 12, tzinfo=UTC)
    noon += timedelta(days=7 - noon.weekday())
    window = Window(datetime(now.year - 2, 1, 1, tzinfo=UTC), datetime(now.year - 1, 1, 1, tzinfo=UTC))
    with brand_tx(brand):
        store([{"opened_at": noon, "first_response_at": noon + 4 * HOUR, "channel": "EMAIL", "queue": "a"}])
        queue = global_id("Queue", Queue.objects.get(key="a").id)

    def hours_told() -> float | None:
        recompute_all(brand, now=now)
        with brand_tx(brand):
            value = selectors.metric_value("FIRST_RESPONSE_TIME", window, variant="ANY_BUSINESS", now=now)
        assert not value.provisional
        return None if value.value is None else value.value / 3_600

    told = [hours_told()]
    calendar = make(admin, key, **monday_hours("17:00"))
    if key != "default":
        told.append(hours_told())
        answer = admin.data(UPDATE, {"input": {"id": queue, "calendar": calendar}})
        assert answer["updateQueue"]["userErrors"] == []
    told.append(hours_told())
    for closes in ("15:30", "18:00"):
        revise(admin, calendar, (noon + HOUR).isoformat(), **monday_hours(closes))
        told.append(hours_told())

    assert [each for each in told if each is not None] == [4, 3.5, 4]
    assert told.count(None) == (1 if key == "default" else 2)

"""Whoever sees numbers and no rows cannot get at fewer than five customers, however it asks: somebody tries."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from apps.accounts.permissions import Role
from apps.metrics import selectors
from apps.metrics.blocks import Day, blocks_of, whole
from apps.metrics.buckets import Grain
from apps.metrics.definitions.vocabulary import DimensionKey
from apps.metrics.filters import where_of
from apps.metrics.heatmap import metric_heatmap
from apps.metrics.windows import Comparison, Window, day_of, day_start
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import MakeAsker
from tests.metrics.april import APRIL, NOW, at
from tests.metrics.rows import store

ZONE = ZoneInfo("Europe/Berlin")
FIRST = date(2026, 3, 20)
DAYS = 30
Told = frozenset[str]


def day(number: int, *people: str, unknown: int = 0) -> Day:
    return Day(date(2026, 4, number), unknown, len(people), frozenset(map(_key, people)))


def _key(name: str) -> Any:
    return _KEYS.setdefault(name, uuid4())


_KEYS: dict[str, Any] = {}
TODAY = date(2026, 4, 30)


def test_a_block_ends_with_the_day_that_makes_five_different_customers() -> None:
    days = [day(1, "a", "b"), day(2, "a", "b"), day(4, "c", "d", "e"), day(5, "f")]

    assert blocks_of(days, 5, TODAY) == [(date(2026, 4, 1), date(2026, 4, 4)), (date(2026, 4, 5), None)]


def test_a_day_of_five_is_a_block_and_today_is_none_yet() -> None:
    days = [Day(date(2026, 4, 29), 0, 5), Day(TODAY, 5, 9)]

    assert blocks_of(days, 5, TODAY) == [(date(2026, 4, 29), date(2026, 4, 29)), (TODAY, None)]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(1, 5, True), (1, 4, False), (2, 5, False), (5, 9, True), (1, 10, False), (9, 12, False), (2, 4, False)],
)
def test_days_are_told_that_hold_every_block_whole_or_not_at_all(start: int, end: int, expected: bool) -> None:
    blocks = [(date(2026, 4, 1), date(2026, 4, 4)), (date(2026, 4, 9), None)]

    assert whole(blocks, date(2026, 4, start), date(2026, 4, end)) is expected


class Attacker:
    """Asks for whatever it can think of, and notes whose answers each number it was told rests on."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.rows = rows
        self.told: set[Told] = set()
        self.asked = 0

    def noted(self, value: Any, picked: Callable[[dict[str, Any]], bool], start: datetime, end: datetime) -> None:
        """Keep the rows of a number that was told."""
        self.asked += 1
        if value is not None:
            mine = [row for row in self.rows if start <= row["answered_at"] < end and picked(row)]
            self.told.add(frozenset(row["external_id"] for row in mine))

    def windows(self) -> list[Window]:
        edges = [day_start(FIRST + timedelta(days=n), ZONE) for n in (0, 3, 4, 5, 8, 12, 13, 14, 20, 21, 30)]
        pairs = [*itertools.combinations(edges, 2)]
        return [
            Window((start + shift).astimezone(UTC), (end + other).astimezone(UTC))
            for start, end in pairs
            for shift, other in ((timedelta(0), timedelta(0)), (timedelta(0), timedelta(hours=1)))
        ]

    def asks(self) -> None:
        for window in self.windows():
            for where in WHERES:
                given = where_of(where)
                value = selectors.metric_value(
                    "NPS", window, where=given, now=NOW, in_blocks=True, compare_to=Comparison.PREVIOUS_PERIOD
                )
                self.noted(value.value, _passes(where), window.start, window.end)
                if value.previous is not None:
                    span = value.previous.window
                    self.noted(value.previous.value, _passes(where), span.start, span.end)

    def goes_by_groups_and_buckets(self) -> None:
        window = self.windows()[-2]
        for by in (DimensionKey.SURVEY, DimensionKey.SEGMENT, DimensionKey.LANGUAGE):
            for top, month in itertools.product((1, 10), (window, *self.windows()[8:40:8])):
                parts = selectors.metric_breakdown("NPS", month, by=by, top=top, now=NOW, in_blocks=True)
                named = {part.key for part in parts}
                for part in parts:
                    group, others = by.lower(), named - {None}
                    self.noted(
                        part.metric.value,
                        lambda row, key=part.key, group=group, others=others: (  # type: ignore[misc]
                            row[group] == key if key is not None else row[group] not in others
                        ),
                        month.start,
                        month.end,
                    )
        for grain in (Grain.HOUR, Grain.DAY, Grain.WEEK):
            (group,) = selectors.metric_series("NPS", window, grain=grain, now=NOW, in_blocks=True).groups
            for point in group.points:
                self.noted(point.value, lambda row: True, point.start, point.end)


WHERES: list[dict[DimensionKey, list[str]]] = [
    {},
    {DimensionKey.SURVEY: ["one"]},
    {DimensionKey.SURVEY: ["one", "two"]},
    {DimensionKey.LANGUAGE: ["en"]},
    {DimensionKey.SEGMENT: ["gold"]},
    {DimensionKey.COUNTRY: [""]},
]


def _passes(where: dict[DimensionKey, list[str]]) -> Callable[[dict[str, Any]], bool]:
    return lambda row: all((row.get(key.lower()) or "") in values for key, values in where.items())


def drawn(chance: Random) -> list[dict[str, Any]]:
    """Draw answers to three surveys: some days many, most days one or two, by customers who answer often."""
    rows = []
    for number in range(260):
        day_number = chance.choice([chance.randrange(DAYS), chance.choice([3, 4, 12, 20])])
        moment = day_start(FIRST + timedelta(days=day_number), ZONE) + timedelta(minutes=chance.randrange(1_380))
        person = chance.randrange(25)
        rows.append(
            {
                "external_id": f"x{number}", "answered_at": moment.astimezone(UTC), "kind": "NPS",
                "score": chance.randint(0, 10), "survey": chance.choice(["one", "one", "two", "three"]),
                "customer": f"c{person}", "segment": "gold" if person % 2 else "tin",
                "language": chance.choice(["en", "de"]),
            }
        )  # fmt: skip
    return rows


@pytest.mark.django_db
def test_no_two_numbers_differ_by_the_answers_of_fewer_than_five_customers(acme: BrandRef) -> None:
    rows = drawn(Random(24))
    attacker = Attacker(rows)
    with brand_tx(replace(acme, time_zone=ZONE.key)):
        store([{name: value for name, value in row.items() if name != "country"} for row in rows])

        attacker.asks()
        attacker.goes_by_groups_and_buckets()

    whose = {row["external_id"]: row["customer"] for row in rows}
    told = sorted(attacker.told, key=len)
    apart = {len({whose[each] for each in one - other}) for one in told for other in told}
    assert attacker.asked > 1_000
    assert len(told) > 15
    assert min(apart - {0}) >= 5
    assert min(len({whose[each] for each in one}) for one in told if one) >= 5
    # Sums and differences of many: answers that no number tells apart, which are all that can be got at.
    atoms: dict[tuple[bool, ...], set[str]] = {}
    for row in rows:
        signature = tuple(row["external_id"] in one for one in told)
        if any(signature):
            atoms.setdefault(signature, set()).add(row["customer"])
    assert min(map(len, atoms.values())) >= 5


@pytest.mark.django_db
def test_the_hours_of_the_week_are_not_told_in_blocks(acme: BrandRef) -> None:
    with brand_tx(replace(acme, time_zone="UTC")):
        store({"answered_at": at(2), "kind": "NPS", "score": 9, "customer": f"c{n}"} for n in range(20))

        cells = metric_heatmap("NPS", APRIL, now=NOW, in_blocks=True).cells

    assert {cell.value for cell in cells} == {None}


METRIC = """query ($where: MetricWhere) {
  metric(key: CSAT, where: $where, window: {from: "2026-04-01T04:00:00Z", to: "2026-05-01T04:00:00Z"}) {
    value suppressed sampleSize } }"""


@pytest.mark.django_db
def test_a_viewer_is_told_blocks_and_an_analyst_all(asker: MakeAsker, acme: BrandRef) -> None:
    with brand_tx(acme):
        store(
            {"answered_at": at(2), "kind": "CSAT", "score": 5, "customer": f"c{n}", "language": "en" if n else "de"}
            for n in range(6)
        )
    viewer, analyst = asker(Role.VIEWER), asker(Role.ANALYST)

    def told(who: Any, where: dict[str, Any] | None = None) -> tuple[Any, ...]:
        return tuple(who.data(METRIC, {"where": where})["metric"].values())

    assert told(viewer) == told(analyst) == (1.0, False, 6)
    assert told(analyst, {"language": ["en"]}) == (1.0, False, 5)
    assert told(viewer, {"language": ["en"]}) == (None, True, 5)


def test_days_are_those_of_the_brands_zone() -> None:
    assert day_of(datetime(2026, 3, 29, 22, 30, tzinfo=UTC), ZONE) == date(2026, 3, 30)

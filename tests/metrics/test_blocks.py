"""Whoever sees numbers and no rows cannot get at the segment of fewer than five customers: somebody tries."""

import itertools
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from apps.accounts.permissions import Role
from apps.metrics import selectors
from apps.metrics.answers import MetricValue, SliceKind
from apps.metrics.blocks import Block, Crowd, blocks_of, hidden_between, hidden_of
from apps.metrics.buckets import Grain
from apps.metrics.definitions.vocabulary import DimensionKey as D
from apps.metrics.filters import where_of
from apps.metrics.heatmap import metric_heatmap
from apps.metrics.recompute import recompute_all
from apps.metrics.windows import Comparison, Window, day_start
from cxplatform.errors import BadInput
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import MakeAsker, codes
from tests.metrics.april import APRIL, NOW, at
from tests.metrics.rows import store

ZONE = ZoneInfo("Europe/Berlin")
FIRST = date(2026, 3, 20)
TODAY = date(2026, 4, 30)
Row = dict[str, Any]
Filter = dict[D, list[str]]

_KEYS: dict[str, UUID] = {}


def april(day: int) -> date:
    return date(2026, 4, day)


def crowd(people: str, unknown: int = 0) -> Crowd:
    return Crowd(unknown, len(people), frozenset(_KEYS.setdefault(name, uuid4()) for name in people))


def test_a_block_ends_with_the_day_that_makes_five_different_customers() -> None:
    days = {
        april(1): {"gold": crowd("ab")},
        april(2): {"gold": crowd("ab"), "": crowd("", 1)},
        april(4): {"gold": crowd("cde")},
        april(5): {"tin": crowd("f")},
    }

    assert blocks_of(days, 5, TODAY) == [Block(april(1), april(4), frozenset({"", "gold"})), Block(april(5))]


def test_a_day_of_five_is_a_block_and_today_is_none_yet() -> None:
    days = {april(29): {"gold": Crowd(0, 5)}, TODAY: {"gold": Crowd(5, 9)}}

    assert blocks_of(days, 5, TODAY) == [Block(april(29), april(29)), Block(TODAY)]


@pytest.mark.parametrize(
    ("sizes", "hidden"),
    [
        ({"a": 5, "b": 6}, ""),
        ({"a": 4, "b": 6, "c": 7}, "ab"),
        ({"a": 2, "b": 3, "c": 7}, "ab"),
        ({"a": 1, "b": 2, "c": 5, "d": 9}, "abc"),
        ({"a": 4, "b": 4, "c": 4}, "abc"),
        ({"a": 1, "b": 40}, "ab"),
        ({"a": 5}, ""),
    ],
)
def test_small_segments_of_a_block_are_hidden_until_they_are_five_customers(sizes: dict[str, int], hidden: str) -> None:
    assert hidden_of(sizes, 5) == set(hidden)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (1, 5, "a"),
        (1, 4, None),
        (2, 5, None),
        (5, 7, ""),
        (5, 9, "b"),
        (1, 9, "ab"),
        (1, 10, None),
        (9, 12, None),
        (2, 4, None),
    ],
)
def test_days_are_told_that_hold_every_block_whole_or_not_at_all(start: int, end: int, expected: str | None) -> None:
    blocks = [
        Block(april(1), april(4), frozenset("a")),
        Block(april(7), april(8), frozenset("b")),
        Block(april(9)),
    ]

    assert hidden_between(blocks, april(start), april(end)) == (None if expected is None else set(expected))


class Attacker:
    """Asks for whatever it can think of, and notes which answers each number by segment tells of, of how many.

    All other numbers are told, so of any window and survey it knows everybody's answers: what it does not know is
    whose they are. So a number of a segment tells also of the rest.
    """

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows
        self.told: set[frozenset[str]] = set()
        self.asked = self.hidden = 0

    def notes(self, value: MetricValue | Any, mine: Filter, window: Window | Any) -> None:
        """Keep the rows of a number that was told, and those of the total it is part of. Of others nothing is told."""
        self.asked += 1
        if value.suppressed:
            self.hidden += 1
            assert (value.value, value.sample_size) == (None, 0)
            return
        of_segment, total = self._picked(mine, window), self._picked(_without_segment(mine), window)
        assert value.sample_size == len(of_segment)
        self.told |= {of_segment, total}

    def _picked(self, where: Filter, window: Window | Any) -> frozenset[str]:
        return frozenset(
            row["external_id"]
            for row in self.rows
            if window.start <= row["answered_at"] < window.end
            if all((row[key.lower()] or "") in values for key, values in where.items())
        )

    def asks(self, where: Filter, window: Window) -> None:
        value = ask(where, window, in_blocks=True)
        self.notes(value, where, window)
        assert value.previous is not None
        if value.previous.value is not None:
            before = replace(value, value=value.previous.value, sample_size=value.previous.sample_size)
            self.notes(before, where, value.previous.window)
        else:
            assert value.suppressed or value.previous.sample_size == 0

    def asks_by_groups(self, by: D, top: int, where: Filter, window: Window) -> None:
        parts = selectors.metric_breakdown(
            "NPS", window, by=by, top=top, where=where_of(where), now=NOW, in_blocks=True
        )
        named = {part.key or "" for part in parts if part.kind is not SliceKind.OTHER}
        assert all(part.kind is SliceKind.OTHER for part in parts if part.metric.suppressed)
        for part in parts:
            others = {row[by.lower()] or "" for row in self.rows} - named
            mine = sorted(others) if part.kind is SliceKind.OTHER else [part.key or ""]
            self.notes(part.metric, {**where, by: [each for each in mine if each in where.get(by, mine)]}, window)

    def asks_by_days(self, grain: Grain, window: Window) -> None:
        series = selectors.metric_series("NPS", window, grain=grain, by=D.SEGMENT, now=NOW, in_blocks=True)
        for group in series.groups:
            for point in group.points:
                if group.kind is not SliceKind.OTHER:
                    self.notes(point, {D.SEGMENT: [group.key or ""]}, point)
                assert group.kind is not SliceKind.OTHER or point.sample_size == 0

    def apart(self) -> list[set[str]]:
        """Return the customers of those answers that no number tells apart: all that sums and differences get at."""
        atoms: dict[tuple[bool, ...], set[str]] = {}
        for row in self.rows:
            signature = tuple(row["external_id"] in one for one in self.told)
            if any(signature):
                atoms.setdefault(signature, set()).add(row["customer"])
        return list(atoms.values())


def _without_segment(where: Filter) -> Filter:
    return {key: values for key, values in where.items() if key is not D.SEGMENT}


def ask(where: Filter, window: Window, *, in_blocks: bool) -> MetricValue:
    return selectors.metric_value(
        "NPS", window, where=where_of(where), now=NOW, in_blocks=in_blocks, compare_to=Comparison.PREVIOUS_PERIOD
    )


def days(first: int, last: int) -> Window:
    start, end = (day_start(FIRST + timedelta(days=number), ZONE).astimezone(UTC) for number in (first, last))
    return Window(start, end)


WINDOWS = [days(*pair) for pair in itertools.combinations((0, 3, 4, 5, 12, 13, 20, 30), 2)]
SEGMENTS: list[Filter] = [
    {D.SEGMENT: list(named)}
    for named in (["gold"], ["tin"], [""], ["gold", "tin"], ["gold", ""], ["gold", "tin", ""], ["none"], [])
]
SURVEYS: list[Filter] = [{}, {D.SURVEY: ["one"]}, {D.SURVEY: ["one", "two"]}]


def drawn(chance: Random) -> list[Row]:
    """Draw answers to three surveys: some days many, most days a few, by customers of whom many are gold."""
    segments = ["gold", "gold", "gold", "tin", None]
    rows: list[Row] = []
    for number in range(500):
        day_number = chance.choice([chance.randrange(30), chance.choice([3, 4, 12, 20])])
        moment = day_start(FIRST + timedelta(days=day_number), ZONE) + timedelta(minutes=chance.randrange(1_380))
        person = chance.randrange(120)
        rows.append(
            {
                "external_id": f"x{number}", "answered_at": moment.astimezone(UTC), "kind": "NPS",
                "score": chance.randint(0, 10), "survey": chance.choice(["one", "one", "one", "two", "three"]),
                "customer": f"c{person}", "segment": segments[person % 5], "language": chance.choice(["en", "de"]),
            }
        )  # fmt: skip
    return rows


@pytest.mark.django_db
def test_no_numbers_by_segment_tell_of_fewer_than_five_customers(acme: BrandRef) -> None:
    attacker = Attacker(drawn(Random(24)))
    with brand_tx(replace(acme, time_zone=ZONE.key)):
        store(attacker.rows)

        for window, segment, survey in itertools.product(WINDOWS, SEGMENTS, SURVEYS):
            attacker.asks(segment | survey, window)
        for window, by, top in itertools.product(WINDOWS[::3], (D.SEGMENT, D.SURVEY), (1, 2, 10)):
            attacker.asks_by_groups(by, top, {D.SEGMENT: ["gold", ""]}, window)
            attacker.asks_by_groups(D.SEGMENT, top, {}, window)
        attacker.asks_by_days(Grain.DAY, WINDOWS[6])
        attacker.asks_by_days(Grain.WEEK, WINDOWS[6])

    apart = attacker.apart()
    assert attacker.asked > 700
    assert attacker.asked - attacker.hidden > 100
    assert len(apart) > 10
    assert min(map(len, apart)) >= 5


@pytest.mark.django_db
def test_what_is_not_by_segment_is_told_of_any_window_and_by_any_other_cut(acme: BrandRef) -> None:
    hour = [Window(each.start + timedelta(hours=9), each.start + timedelta(hours=10)) for each in WINDOWS[:10]]
    wheres: list[Filter] = [{}, {D.LANGUAGE: ["en"]}, {D.COUNTRY: [""]}, {D.CHANNEL: [""], D.SURVEY: ["two"]}]
    with brand_tx(replace(acme, time_zone=ZONE.key)):
        store(drawn(Random(24)))

        for where, window in itertools.product(wheres, (*WINDOWS[::5], *hour)):
            seen, all_of_it = ask(where, window, in_blocks=True), ask(where, window, in_blocks=False)
            assert _numbers(seen) == _numbers(all_of_it)
            assert not seen.suppressed
        for by in (D.LANGUAGE, D.COUNTRY, D.CHANNEL, D.QUEUE, D.TOUCHPOINT):
            assert _parts(by, hour[0], in_blocks=True) == _parts(by, hour[0], in_blocks=False)
        hours = [_heat(in_blocks=which) for which in (True, False)]
        points = [_points(in_blocks=which) for which in (True, False)]

    assert hours[0] == hours[1]
    assert points[0] == points[1]
    assert any(value is not None for value in points[0])


def _numbers(value: MetricValue) -> tuple[Any, ...]:
    before = value.previous
    return (*value.numbers, value.delta, value.p_value, before and before.value, before and before.sample_size)


def _parts(by: D, window: Window, *, in_blocks: bool) -> list[tuple[Any, ...]]:
    parts = selectors.metric_breakdown("NPS", window, by=by, now=NOW, in_blocks=in_blocks)
    return [(part.kind, part.key, *_numbers(part.metric)) for part in parts]


def _heat(*, in_blocks: bool) -> list[float | None]:
    return [cell.value for cell in metric_heatmap("NPS", WINDOWS[6], now=NOW, in_blocks=in_blocks).cells]


def _points(*, in_blocks: bool) -> list[float | None]:
    series = selectors.metric_series("NPS", WINDOWS[6], grain=Grain.HOUR, now=NOW, in_blocks=in_blocks)
    return [point.value for point in series.groups[0].points]


def gold_and_tin(**also: Any) -> Iterable[Row]:
    """Return a day of six answers of gold, five of tin and five of nobody known, and another of gold and one of tin."""
    for day, sizes in ((2, {"gold": 6, "tin": 5, None: 5}), (9, {"gold": 6, "tin": 1})):
        for segment, size in sizes.items():
            for number in range(size):
                who = {"customer": f"{segment}{number}", "segment": segment} if segment else {}
                yield {"answered_at": at(day), "kind": "CSAT", "score": 5 if segment else 1, **who, **also}


@pytest.fixture
def told(acme: BrandRef) -> Any:
    """Return what becomes of a question that is put in the brand's door by somebody who sees no rows."""

    def put(asks: Callable[[], Any]) -> Any:
        with brand_tx(replace(acme, time_zone="UTC")):
            store(gold_and_tin())
            return asks()

    return put


SECOND = Window(at(2, 0), at(3, 0))


@pytest.mark.django_db
def test_segments_are_told_in_blocks_where_they_are_large_and_the_rest_without_names(told: Any) -> None:
    def asks() -> list[list[tuple[Any, ...]]]:
        parts = [
            selectors.metric_breakdown("CSAT", window, by=D.SEGMENT, now=NOW, in_blocks=True)
            for window in (SECOND, Window(at(9, 0), at(10, 0)), APRIL)
        ]
        return [[(each.label, each.metric.value, each.metric.suppressed) for each in found] for found in parts]

    whole, small, both = told(asks)

    assert whole == [("gold", 1.0, False), ("tin", 1.0, False), ("Unassigned", 0.0, False)]
    assert small == [("Other", None, True)]
    assert both == [("Unassigned", 0.0, False), ("Other", None, True)]


@pytest.mark.django_db
@pytest.mark.parametrize("also", [{D.CHANNEL: [""]}, {D.COUNTRY: [""]}, {D.LANGUAGE: [""], D.SURVEY: ["csat"]}])
def test_a_segment_with_another_cut_is_hidden(told: Any, also: Filter) -> None:
    where = where_of({D.SEGMENT: ["gold"], **also})

    found = told(lambda: selectors.metric_value("CSAT", SECOND, where=where, now=NOW, in_blocks=True))

    assert (found.value, found.sample_size, found.suppressed, found.suppression_reason is None) == (
        None,
        0,
        True,
        False,
    )


@pytest.mark.django_db
def test_hours_of_a_segment_are_not_told(told: Any) -> None:
    where = where_of({D.SEGMENT: ["gold"]})

    def asks() -> Any:
        morning = Window(at(2, 0), at(2, 13))
        with pytest.raises(BadInput) as refused:
            selectors.metric_value("CSAT", morning, where=where, now=NOW, in_blocks=True)
        with pytest.raises(BadInput) as refused_too:
            selectors.metric_series("CSAT", SECOND, grain=Grain.HOUR, by=D.SEGMENT, now=NOW, in_blocks=True)
        cells = metric_heatmap("CSAT", SECOND, where=where, now=NOW, in_blocks=True).cells
        return refused.value.field, refused_too.value.field, {(each.value, each.sample_size) for each in cells}

    assert told(asks) == ("window.to", "grain", {(None, 0)})


@pytest.mark.django_db
def test_a_window_without_answers_of_a_segment_looks_like_one_that_is_hidden(told: Any) -> None:
    """Else a day of one answer would tell of which segment it is."""
    nobody, somebody = where_of({D.SEGMENT: ["zinc"]}), where_of({D.SEGMENT: ["tin"]})

    def asks() -> Any:
        window = Window(at(9, 0), at(10, 0))
        return [
            selectors.metric_breakdown(
                "CSAT", window, by=D.LANGUAGE, where=where, now=NOW, in_blocks=True, compare_to=None
            )
            for where in (nobody, somebody)
        ]

    empty, hidden = told(asks)

    assert [each.label for each in empty] == [each.label for each in hidden] == ["Other"]
    assert _shown(empty[0].metric) == _shown(hidden[0].metric)


def _shown(value: MetricValue) -> tuple[Any, ...]:
    return (*value.numbers, value.suppression_reason, value.guard)


@pytest.mark.django_db
def test_blocks_take_one_more_select_by_segment_alone(acme: BrandRef, django_assert_num_queries: Any) -> None:
    brand = replace(acme, time_zone="UTC")
    recompute_all(brand, now=NOW)
    gold = where_of({D.SEGMENT: ["gold"]})
    with brand_tx(brand):
        with django_assert_num_queries(2):
            selectors.metric_value("CSAT", APRIL, now=NOW, in_blocks=True)
        with django_assert_num_queries(3):
            selectors.metric_value("CSAT", APRIL, where=gold, now=NOW, in_blocks=True)


METRIC = """query ($where: MetricWhere, $from: DateTime = "2026-04-01T04:00:00Z") {
  metric(key: CSAT, where: $where, window: {from: $from, to: "2026-05-01T04:00:00Z"}) {
    value suppressed sampleSize } }"""


@pytest.mark.django_db
def test_a_viewer_is_told_of_segments_in_blocks_and_an_analyst_all(asker: MakeAsker, acme: BrandRef) -> None:
    with brand_tx(acme):
        store(gold_and_tin(language="en"))
    viewer, analyst = asker(Role.VIEWER), asker(Role.ANALYST)

    def seen(who: Any, **where: list[str]) -> tuple[Any, ...]:
        return tuple(who.data(METRIC, {"where": where})["metric"].values())

    assert seen(viewer, language=["en"]) == seen(analyst, language=["en"]) == (18 / 23, False, 23)
    assert seen(viewer, segment=[""]) == seen(analyst, segment=[""]) == (0.0, False, 5)
    assert seen(viewer, segment=["tin"]) == (None, True, 0)
    assert seen(analyst, segment=["tin"]) == (1.0, False, 6)
    assert codes(viewer.ask(METRIC, {"where": {"agent": ["kim"]}})) == ["FORBIDDEN"]

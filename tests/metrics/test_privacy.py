"""What single people answered is hidden, whichever way one asks around it."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.metrics import selectors
from apps.metrics.answers import MetricValue
from apps.metrics.buckets import Grain
from apps.metrics.definitions.vocabulary import DimensionKey
from apps.metrics.filters import where_of
from apps.metrics.recompute import recompute_all
from apps.metrics.windows import Comparison, Window
from cxplatform.errors import BadInput
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.metrics.april import APRIL, NOW, answers, at
from tests.metrics.drawn import scratch
from tests.metrics.rows import store

pytestmark = pytest.mark.django_db


def test_few_answers_about_one_agent_are_hidden_with_the_next_smallest(kept: Any) -> None:
    kept([*answers("kim", [5] * 3), *answers("lee", [5] * 6), *answers("max", [1] * 9)])

    parts = selectors.metric_breakdown("CSAT", APRIL, by=DimensionKey.AGENT, now=NOW)

    assert [(part.key, part.metric.value, part.metric.suppressed, part.metric.sample_size) for part in parts] == [
        ("max", 0.0, False, 9),
        ("lee", None, True, 6),
        ("kim", None, True, 3),
    ]
    assert {part.metric.numerator for part in parts if part.metric.suppressed} == {None}
    assert parts[1].metric.suppression_reason is not None


def test_few_answers_are_hidden_by_filter_and_in_series_but_not_for_the_brand(kept: Any) -> None:
    kept(answers("kim", [5] * 3))
    where = where_of({DimensionKey.AGENT: ["kim"]})

    alone = selectors.metric_value("CSAT", APRIL, where=where, now=NOW)
    series = selectors.metric_series("CSAT", WEEK_OF_ANSWERS, grain=Grain.DAY, by=DimensionKey.AGENT, now=NOW)
    whole = selectors.metric_value("CSAT", APRIL, now=NOW)

    assert (alone.value, alone.suppressed, alone.interval) == (None, True, None)
    assert [point.suppressed for point in series.groups[0].points] == [False, True, False]
    assert (whole.value, whole.suppressed) == (1.0, False)


WEEK_OF_ANSWERS = Window(at(2, 0), at(5, 0))


def csat(*agents: str, window: Window = APRIL, **others: list[str]) -> MetricValue:
    where = where_of({DimensionKey.AGENT: agents, **{DimensionKey(key): values for key, values in others.items()}})
    return selectors.metric_value("CSAT", window, where=where, compare_to=Comparison.PREVIOUS_PERIOD, now=NOW)


def test_all_agents_but_one_are_hidden_where_that_one_is(kept: Any) -> None:
    kept([*answers("kim", [5] * 3), *answers("lee", [5] * 6), *answers("max", [1] * 9), *answers("zoe", [5] * 9)])

    all_but_kim, all_but_zoe = csat("lee", "max", "zoe"), csat("kim", "lee", "max")

    assert (all_but_kim.value, all_but_kim.suppressed, all_but_kim.sample_size) == (None, True, 24)
    assert (all_but_kim.numerator, all_but_kim.denominator, all_but_kim.interval) == (None, None, None)
    assert (all_but_zoe.value, all_but_zoe.suppressed) == (0.5, False)


def test_agents_asked_for_one_by_one_do_not_give_away_the_one_who_is_hidden(kept: Any) -> None:
    kept([*answers("kim", [5] * 3), *answers("lee", [5] * 6), *answers("max", [1] * 9)])

    assert {name: csat(name).value for name in ("kim", "lee", "max")} == {"kim": None, "lee": None, "max": 0.0}
    assert csat("kim", "max").suppressed
    assert not csat("kim", "lee").suppressed
    assert not csat("kim", "lee", "max").suppressed


def test_the_rest_of_a_breakdown_does_not_give_away_who_is_hidden_in_a_longer_one(kept: Any) -> None:
    sizes = {"ann": 20, "bob": 9, "cid": 8, "dan": 7, "eve": 6}
    kept([*(row for name, n in sizes.items() for row in answers(name, [5] * n)), *answers(None, [1] * 3)])

    def shown(top: int) -> dict[str, bool]:
        parts = selectors.metric_breakdown("CSAT", APRIL, by=DimensionKey.AGENT, top=top, now=NOW)
        return {part.label: not part.metric.suppressed for part in parts}

    assert shown(1) == {"ann": True, "Unassigned": False, "Other": False}
    assert shown(5) == {
        "ann": True,
        "bob": True,
        "cid": True,
        "dan": True,
        "eve": False,
        "Unassigned": False,
    }


def test_an_agent_within_a_segment_is_hidden_where_the_agents_others_are_few(kept: Any) -> None:
    rows = [*answers("kim", [5] * 9), *answers("lee", [5] * 9)]
    for place, row in enumerate(row for row in rows if "score" in row):
        few = place == 0
        row |= {"customer": "tina" if few else "gina", "segment": "tin" if few else "gold"}
    kept(rows)

    assert not csat("kim").suppressed
    assert csat("kim", SEGMENT=["gold"]).suppressed
    assert csat("lee", SEGMENT=["gold"]).suppressed


def test_the_window_before_is_hidden_by_its_own_answers(kept: Any) -> None:
    march = [*answers("kim", [1] * 9, month=3), *answers("lee", [1] * 3, month=3)]
    kept([*answers("kim", [5] * 9), *answers("lee", [5] * 9), *march])

    told = csat("kim")

    assert told.previous is not None
    assert (told.value, told.delta, told.previous.value, told.previous.sample_size) == (1.0, None, None, 9)


@pytest.mark.parametrize("by", [None, DimensionKey.AGENT, DimensionKey.SEGMENT])
def test_answers_of_single_people_are_told_for_whole_days_only(kept: Any, by: DimensionKey | None) -> None:
    kept(answers("kim", [5] * 9))
    where = where_of({DimensionKey.AGENT: ["kim"]}) if by is None else ()
    ragged, hours = Window(at(1, 0), at(3, 13)), Window(at(3, 0), at(4, 0))

    with pytest.raises(BadInput) as refused:
        selectors.metric_series("CSAT", ragged, grain=Grain.DAY, by=by, where=where, now=NOW)
    with pytest.raises(BadInput) as refused_hours:
        selectors.metric_series("CSAT", hours, grain=Grain.HOUR, by=by, where=where, now=NOW)

    assert (refused.value.field, refused_hours.value.field) == ("window.to", "grain")
    assert selectors.metric_series("CSAT", hours, grain=Grain.DAY, by=by, where=where, now=NOW).groups
    assert selectors.metric_value("CSAT", ragged, now=NOW).value == 1.0


def test_a_number_and_a_breakdown_of_single_people_need_whole_days_too(kept: Any) -> None:
    ragged = Window(at(1, 5), at(3, 0))

    with pytest.raises(BadInput) as refused:
        csat("kim", window=ragged)
    with pytest.raises(BadInput) as refused_too:
        selectors.metric_breakdown("CSAT", ragged, by=DimensionKey.AGENT, now=NOW)

    assert (refused.value.field, refused_too.value.field) == ("window.from", "window.from")
    assert selectors.metric_breakdown("AHT", ragged, by=DimensionKey.AGENT, now=NOW) == ()


def test_hiding_takes_one_more_select(acme: BrandRef, django_assert_num_queries: Any) -> None:
    brand = replace(acme, time_zone="UTC")
    recompute_all(brand, now=NOW)
    where = where_of({DimensionKey.AGENT: ["kim"], DimensionKey.SEGMENT: ["gold"]})
    with brand_tx(brand):
        with django_assert_num_queries(3):
            selectors.metric_values(["CSAT", "NPS", "CES_5"], APRIL, where=where, now=NOW)
        with django_assert_num_queries(4):
            selectors.metric_values(["AHT", "CSAT"], APRIL, where=where_of({DimensionKey.AGENT: ["kim"]}), now=NOW)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(sizes=st.lists(st.integers(1, 12), min_size=2, max_size=4))
def test_no_agent_who_is_hidden_can_be_told_from_all_that_is_shown(acme: BrandRef, sizes: list[int]) -> None:
    names = [f"agent-{number}" for number in range(len(sizes))]
    shown = [[1] * len(sizes)]  # the brand's own number has everybody in it
    with scratch(), brand_tx(acme):
        store(row for name, size in zip(names, sizes, strict=True) for row in answers(name, [5] * size))
        for chosen in itertools.product([0, 1], repeat=len(sizes)):
            agents = list(itertools.compress(names, chosen))
            if any(chosen) and not csat(*agents, window=NEW_YORKS_APRIL).suppressed:
                shown.append(list(chosen))

    rank = np.linalg.matrix_rank(shown)
    for place, size in enumerate(sizes):
        told = np.linalg.matrix_rank([*shown, np.eye(len(sizes))[place]]) == rank
        assert not (told and size < 5)


NEW_YORKS_APRIL = Window(datetime(2026, 4, 1, 4, tzinfo=UTC), datetime(2026, 5, 1, 4, tzinfo=UTC))


def felt(segment: str, count: int, score: float) -> list[dict[str, Any]]:
    """Return what so many customers of a segment wrote, one piece each."""
    label = "POSITIVE" if score > 0 else "NEGATIVE"
    return [
        {"occurred_at": at(3, 10), "score": score, "label": label, "customer": f"{segment}-{n}", "segment": segment}
        for n in range(count)
    ]


@pytest.mark.parametrize("in_blocks", [False, True])
def test_how_few_of_a_segment_feel_is_hidden_with_the_next_smallest_from_everybody(kept: Any, in_blocks: bool) -> None:
    # Feedback is no survey: it is held to the minimum of five and rests on no blocks, also for a viewer (ADR 24).
    kept([*felt("tin", 3, -0.5), *felt("zinc", 6, 0.5), *felt("gold", 9, 0.5)])

    parts = selectors.metric_breakdown("SENTIMENT", APRIL, by=DimensionKey.SEGMENT, now=NOW, in_blocks=in_blocks)
    named = {
        name: selectors.metric_value(
            "SENTIMENT", APRIL, where=where_of({DimensionKey.SEGMENT: [name]}), now=NOW, in_blocks=in_blocks
        )
        for name in ("tin", "zinc", "gold")
    }

    told = [(part.key, part.metric.value, part.metric.suppressed, part.metric.sample_size) for part in parts]
    assert told == [("gold", 0.5, False, 9), ("zinc", None, True, 6), ("tin", None, True, 3)]
    assert {name: (each.value, each.suppressed) for name, each in named.items()} == {
        "tin": (None, True), "zinc": (None, True), "gold": (0.5, False),
    }  # fmt: skip

"""Random rows in zones whose clocks change: every vendor's number is that of a plain recount, and so are all parts."""

from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.insights.comparison.comparing import Comparison, compare_definitions
from apps.insights.comparison.rule import Standing
from apps.insights.comparison.subjects import SUBJECTS
from apps.metrics import selectors
from apps.metrics.definitions.vocabulary import DimensionKey
from apps.metrics.filters import EVERYTHING, Where
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.insights.comparison.plain_known import Known, Told
from tests.insights.comparison.plain_vendors import recounted
from tests.metrics.drawn import scratch, settings_of_rows, spans
from tests.metrics.rows import store
from tests.metrics.test_recount import with_database

pytestmark = pytest.mark.django_db
Row = dict[str, Any]


def written(rows: list[Row], chance: Random) -> list[Row]:
    """Draw messages of half the contacts, and name a contact for every answer, each another one."""
    contacts = [row for row in rows if "opened_at" in row]
    asked = chance.sample(contacts, len(contacts))
    answers = [row for row in rows if "answered_at" in row]
    linked = [
        {**answer, "interaction_external_id": asked.pop()["external_id"]} if asked else answer for answer in answers
    ]
    messages = [
        {
            "author": chance.choice(["CUSTOMER", "HUMAN", "HUMAN", "BOT"]),
            "public": chance.random() < 0.8,
            "at": row["opened_at"] + timedelta(minutes=chance.choice([0, 1, 30, 3_000])),
            "interaction_external_id": row["external_id"],
        }
        for row in chance.sample(contacts, len(contacts) // 2)
        for _ in range(chance.randint(1, 3))
    ]
    return [*contacts, *linked, *messages]


def told(compared: Comparison) -> dict[str, Told]:
    return {
        each.rule.key: (pytest.approx(each.told.numerator, abs=1e-6), each.told.denominator, each.told.sample_size)
        for each in compared.others
    }


def check_parts(compared: Comparison) -> None:
    """Check that what differs, and what does not, makes up both numbers."""
    for each in compared.others:
        apart = each.difference
        cells = apart.disagreements
        counted = sum(cell.count for cell in cells if cell.theirs is not Standing.LEFT_OUT)
        mine = sum(cell.count for cell in cells if cell.ours is not Standing.LEFT_OUT)
        assert apart.only_ours + apart.only_theirs + apart.otherwise == sum(cell.count for cell in cells)
        assert apart.agreeing + counted == each.told.sample_size
        assert apart.agreeing + mine == compared.ours.sample_size
        assert sum(reason.count for reason in each.told.failing) <= each.told.sample_size


@with_database
@given(data=st.data())
def test_every_rule_counts_what_a_plain_loop_counts(acme: BrandRef, data: st.DataObject) -> None:
    zone, first, drawn = data.draw(settings_of_rows())
    rows = written(drawn, Random(len(drawn)))
    window = data.draw(spans(zone, first))
    now = first + timedelta(days=data.draw(st.sampled_from([20, 28, 60, 120])))
    channel = data.draw(st.sampled_from([None, "PHONE", "EMAIL"]))
    where: Where = EVERYTHING if channel is None else ((DimensionKey.CHANNEL, (channel,)),)
    known = Known(rows, window.start, window.end, zone, now)
    expected = recounted(known, lambda row: channel is None or row.get("channel") == channel)

    with scratch(), brand_tx(replace(acme, time_zone=zone.key)):
        store(rows)
        for key, subject in SUBJECTS.items():
            if key == "CSAT" and channel is not None:
                continue  # an answer has the channel of its contact; see test_cases
            compared = compare_definitions(key, window, now=now, where=where)
            assert {(key, rule): parts for rule, parts in told(compared).items()} == {
                (key, rule.key): expected[key, rule.key] for rule in subject.rules
            }
            check_parts(compared)
            answer = selectors.metric_value(
                subject.metric.key, window, variant=subject.variant.key, now=now, where=where
            )
            assert (answer.value, answer.sample_size) == (
                pytest.approx(compared.ours.value),
                compared.ours.sample_size,
            )

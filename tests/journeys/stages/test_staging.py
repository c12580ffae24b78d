"""Stages as they are stored: made anew for whom something changed, whatever changed and in whatever order."""

from random import Random
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from apps.interactions.imports import INTERACTIONS
from apps.journeys.imports import TOUCHPOINT_EVENTS
from apps.journeys.models import JourneyProgress, StageMark, StageVisit, Touchpoint
from apps.journeys.stages.staging import stage, stage_marked
from apps.surveys.imports import SURVEY_RESPONSES
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.journeys.stages.stored import day, event, load, published, standing, ways, went
from tests.metrics.drawn import scratch

pytestmark = pytest.mark.django_db


def settle(brand: BrandRef) -> None:
    while stage_marked(brand):
        pass


def rows() -> list[Any]:
    told = StageVisit.objects.order_by("customer__external_id", "journey", "number")
    hidden = ("id", "entered_by_id", "customer_id")
    names = [field.attname for field in StageVisit._meta.concrete_fields if field.attname not in hidden]
    return [*told.values_list("customer__external_id", *names), *sorted(standing().items())]


def test_events_contacts_and_answers_move_their_customers(acme: BrandRef, globex: BrandRef) -> None:
    for brand in (acme, globex):
        with brand_tx(brand):
            published()
    with brand_tx(acme):
        load(TOUCHPOINT_EVENTS, event("e1", "ad", 1), event("e2", "shop", 2), event("e3", "shop", 2, "ben"))
        load(INTERACTIONS, {"external_id": "i1", "channel": "PHONE", "opened_at": day(4), "customer": "ann",
                            "touchpoint": "faq"})  # fmt: skip
        load(SURVEY_RESPONSES, {"external_id": "r1", "survey": "csat", "kind": "CSAT", "score": 5, "customer": "ann",
                                "answered_at": day(3), "touchpoint": "parcel"})  # fmt: skip
    settle(acme)
    settle(globex)

    with brand_tx(acme):
        assert ways() == {
            "ann": [("look", 1, 2), ("buy", 2, 3), ("get", 3, 4), ("help", 4, None)],
            "ben": [("buy", 2, None)],
        }
        assert standing() == {"ann": "help", "ben": "buy"}
        kinds = StageVisit.objects.filter(customer__external_id="ann").order_by("number")
        assert list(kinds.values_list("entered_by_kind", flat=True)) == [
            "TOUCHPOINT_EVENT", "TOUCHPOINT_EVENT", "SURVEY_RESPONSE", "INTERACTION",
        ]  # fmt: skip
        assert not StageMark.objects.exists()
    with brand_tx(globex):
        assert ways() == {}


def test_an_event_that_turns_out_to_be_anothers_leaves_the_first(acme: BrandRef) -> None:
    with brand_tx(acme):
        published()
        load(TOUCHPOINT_EVENTS, event("e1", "ad", 1), event("e2", "shop", 2))
    settle(acme)
    with brand_tx(acme):
        load(TOUCHPOINT_EVENTS, event("e2", "shop", 2, "ben"))
    settle(acme)

    with brand_tx(acme):
        assert ways() == {"ann": [("look", 1, None)], "ben": [("buy", 2, None)]}
        load(TOUCHPOINT_EVENTS, event("e1", "nowhere", 1))
    settle(acme)
    with brand_tx(acme):
        assert (ways(), standing()) == ({"ben": [("buy", 2, None)]}, {"ben": "buy"})


def test_made_anew_the_same_rows_stay_as_they_are(acme: BrandRef) -> None:
    with brand_tx(acme):
        published()
        load(TOUCHPOINT_EVENTS, event("e1", "ad", 1), event("e2", "parcel", 3))
    settle(acme)
    with brand_tx(acme):
        before = [list(model.objects.order_by("pk").values()) for model in (StageVisit, JourneyProgress)]
        load(TOUCHPOINT_EVENTS, event("e3", "parcel", 4))
    settle(acme)

    with brand_tx(acme):
        after = [list(model.objects.order_by("pk").values()) for model in (StageVisit, JourneyProgress)]
        assert after[0][0] == before[0][0]
        assert after[0][1] == before[0][1] | {"moments": 2, "last_moment_at": day(4)}
        assert after[1] == [before[1][0] | {"last_moment_at": day(4)}]


def test_a_customer_is_on_each_journey_by_itself(acme: BrandRef) -> None:
    with brand_tx(acme):
        published({"look": ("ad",), "buy": ("shop",)})
        published({"start": ("shop",), "end": ("parcel",)}, journey="sending")
        for number, name in enumerate(("ad", "shop", "parcel")):
            load(TOUCHPOINT_EVENTS, event(name, name, number))
    settle(acme)

    with brand_tx(acme):
        told = JourneyProgress.objects.order_by("journey__key").values_list("journey__key", "stage_key", "visits")
        assert list(told) == [("buying", "buy", 2), ("sending", "end", 2)]


def test_a_batch_is_bounded_and_told_apart_from_the_rest(acme: BrandRef, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.journeys.stages.staging.MOST_CUSTOMERS", 2)
    with brand_tx(acme):
        published()
        load(TOUCHPOINT_EVENTS, *(event(name, "ad", 1, name) for name in ("ann", "ben", "cem")))

    assert [stage_marked(acme), stage_marked(acme), stage_marked(acme)] == [True, False, False]
    with brand_tx(acme):
        assert standing() == {"ann": "look", "ben": "look", "cem": "look"}


def test_how_many_statements_a_batch_takes_does_not_hang_on_how_much_there_is(acme: BrandRef) -> None:
    with brand_tx(acme):
        published()

    def statements(customers: range) -> int:
        with brand_tx(acme):
            for number in customers:
                went("ad", number, customer=f"c{number}")
                load(TOUCHPOINT_EVENTS, event(f"e{number}", "faq", 40, f"c{number}"))
        with CaptureQueriesContext(connections["default"]) as counted:
            stage_marked(acme)
        return len(counted)

    assert statements(range(1)) == statements(range(1, 40))


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.generate],
)
@given(seed=st.integers(0, 2**32), batch=st.integers(1, 9))
def test_whatever_order_and_batches_events_arrive_in_the_stages_are_the_same(
    db: None, acme: BrandRef, seed: int, batch: int
) -> None:
    chance = Random(seed)
    names = ["ad", "shop", "checkout", "parcel", "faq", "nowhere"]
    told = [
        event(f"e{number}", chance.choice(names), chance.randint(0, 12) / 2, chance.choice(["ann", "ben"]))
        for number in range(12)
    ]
    # What is told of again was told otherwise before.
    earlier = [event(row["external_id"], chance.choice(names), 7, chance.choice(["ann", "ben"])) for row in told[:4]]

    with brand_tx(acme), scratch():
        published(until=3)
        published({"look": ("ad", "shop"), "get": ("parcel",), "care": ("faq",)}, since=3)
        assert Touchpoint.objects.exists()
        with scratch():
            load(TOUCHPOINT_EVENTS, *told)
            _settle_inside()
            expected = rows()
            _settle_inside()
            assert rows() == expected
        load(TOUCHPOINT_EVENTS, *earlier)
        _settle_inside()
        shuffled = chance.sample(told, len(told))
        for start in range(0, len(shuffled), batch):
            load(TOUCHPOINT_EVENTS, *shuffled[start : start + batch])
            _settle_inside()

        assert rows() == expected


def _settle_inside() -> None:
    marks = list(StageMark.objects.values_list("customer_id", flat=True))
    stage(set(marks))
    StageMark.objects.all().delete()

"""Whoever is merged is on journeys, and was promised, what one who had all the rows from the beginning is."""

from typing import Any

import pytest
from django.db.models import Model

from apps.accounts.permissions import Role
from apps.customers.commands import merge_customers, split_customer
from apps.customers.models import Customer
from apps.journeys import commands
from apps.journeys.imports import HANDOFFS, TOUCHPOINT_EVENTS
from apps.journeys.models import (
    BrandPromise,
    JourneyProgress,
    Placement,
    PromiseOutcome,
    StageMark,
    StageVisit,
    TouchpointEvent,
)
from apps.journeys.stages.staging import stage_marked
from cxplatform.dirty.models import DirtyMark
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.interactions.working.rows import viewer
from tests.journeys.ledger import settle
from tests.journeys.stages.stored import NOW, day, event, load, published

pytestmark = pytest.mark.django_db
# Touchpoint, after how many days, and how it went; told in turns of the first and the second identity.
MOMENTS = [
    ("ad", 0, None),
    ("shop", 1, "SMOOTH"),
    ("checkout", 2, "FAILED"),
    ("faq", 3, None),
    ("checkout", 4, "SMOOTH"),
    ("parcel", 5, None),
]
# Ids are made anew where what they follow from is another row; whose it is, is asked for.
_OWN = {"id", "customer_id", "entered_by_id", "evidence_id", "statement_id", "repair_id"}
Told = dict[str, list[dict[str, Any]]]


def told(customer: str) -> Told:
    """Return all columns of what follows for a customer, but ids."""
    kinds: tuple[tuple[type[Model], str, str], ...] = (
        (StageVisit, "journey", "number"),
        (JourneyProgress, "journey", "since"),
        (PromiseOutcome, "occurred_at", "promise"),
    )
    return {
        model.__name__: [
            {name: value for name, value in row.items() if name not in _OWN}
            for row in model._default_manager.filter(customer__external_id=customer).order_by(*order).values()
        ]
        for model, *order in kinds
    }


def come(customer: str, part: slice) -> None:
    rows = [
        {**event(f"{customer} {number}", touchpoint, days, customer), "outcome": outcome}
        for number, (touchpoint, days, outcome) in list(enumerate(MOMENTS))[part]
    ]
    load(TOUCHPOINT_EVENTS, *rows)


def say(customer: str, number: int) -> None:
    """Have somebody say that a promise judged by hand was broken, and who repaired it."""
    its = TouchpointEvent.objects.get(external_id=f"{customer} {number}")
    commands.record_promise_outcome(
        actor=viewer(Role.BRAND_ADMIN), promise="care", evidence=("TouchpointEvent", its.pk), outcome="BROKEN",
        note="", repair=None, now=NOW,
    )  # fmt: skip


def work(brand: BrandRef) -> None:
    while stage_marked(brand):
        pass
    settle(brand)


def change(brand: BrandRef, *, merge: bool) -> None:
    """Merge the second into the first, or split it off, with all that follows in the background."""
    with brand_tx(brand):
        DirtyMark.objects.all().delete()
        keys = dict(Customer.objects.values_list("external_id", "pk"))
        if merge:
            merge_customers(actor=viewer(), survivor_id=keys["first"], merged_id=keys["second"], now=NOW)
        else:
            split_customer(actor=viewer(), identity_id=keys["second"], now=NOW)
    work(brand)


@pytest.fixture
def brand(acme: BrandRef) -> BrandRef:
    with brand_tx(acme):
        version = published()
        shop = version.placements.first().owner  # type: ignore[union-attr]  # it has some
        easy, _ = (
            BrandPromise.objects.create(key=key, text=key, criterion=how, maker=shop, created_at=day(-1_000))
            for key, how in (("easy", "SMOOTH"), ("care", "BY_HAND"))
        )
        Placement.objects.filter(touchpoint__key__in=("shop", "checkout")).update(promise=easy)
        come("whole", slice(None))
        come("first", slice(0, None, 2))
        come("second", slice(1, None, 2))
        for customer, number in (("whole", 3), ("second", 3), ("whole", 4), ("first", 4)):
            say(customer, number)
    work(acme)
    return acme


def test_the_survivor_has_what_one_with_all_the_rows_has_and_a_split_makes_all_as_before(brand: BrandRef) -> None:
    with brand_tx(brand):
        before = {name: told(name) for name in ("first", "second")}
        whole = told("whole")
    assert {kind: len(rows) for kind, rows in whole.items()} == {
        "StageVisit": 5, "JourneyProgress": 1, "PromiseOutcome": 5
    }  # fmt: skip

    change(brand, merge=True)

    with brand_tx(brand):
        assert told("first") == whole == told("whole")
        assert told("second") == {"StageVisit": [], "JourneyProgress": [], "PromiseOutcome": []}
        assert not StageMark.objects.exists()

    change(brand, merge=False)

    with brand_tx(brand):
        assert {name: told(name) for name in ("first", "second")} == before
        assert told("whole") == whole


def test_what_comes_under_a_merged_identity_goes_with_it(brand: BrandRef) -> None:
    with brand_tx(brand):
        first = told("first")
    change(brand, merge=True)
    with brand_tx(brand):
        late = {**event("late", "checkout", 9, "second"), "outcome": "FAILED"}
        load(TOUCHPOINT_EVENTS, late)
    work(brand)
    with brand_tx(brand):
        assert told("first")["PromiseOutcome"][-1]["occurred_at"] == day(9)
        assert told("first")["StageVisit"][-1]["entered_at"] == day(9)

    change(brand, merge=False)

    with brand_tx(brand):
        assert told("first") == first
        assert told("second")["StageVisit"][-1]["entered_at"] == day(9)
        assert told("second")["PromiseOutcome"][-1]["outcome"] == "BROKEN"


def test_the_days_of_what_is_counted_of_promises_are_counted_anew(brand: BrandRef) -> None:
    """Those of the survivor's own hand-offs too: they may go by outcomes that were the other's."""
    with brand_tx(brand):
        load(HANDOFFS, {
            "external_id": "1", "customer": "first", "from_department": "shop", "to_department": "care",
            "handed_at": day(20), "promise": "easy",
        })  # fmt: skip

    change(brand, merge=True)

    with brand_tx(brand):
        marked = set(DirtyMark.objects.values_list("topic", "day"))
        assert {each for topic, each in marked if topic == "promise_outcome"} == {day(n).date() for n in range(1, 5)}
        assert ("handoff", day(20).date()) in marked
        assert not DirtyMark.objects.filter(topic="promise").exists()

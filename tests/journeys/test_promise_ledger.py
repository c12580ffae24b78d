"""The ledger of promises: whatever comes in whichever order, it says what a plain loop over everything says."""

from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.accounts.permissions import Role
from apps.journeys import commands
from apps.journeys.models import Journey, PromiseOutcome, TouchpointEvent
from apps.journeys.written import WrittenPlacement, WrittenStage
from cxplatform.dirty.models import DirtyMark
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.interactions.working import rows
from tests.journeys.ledger import START, at, event, judged, settle, take, told
from tests.metrics.drawn import scratch

pytestmark = pytest.mark.django_db
PROMISES: dict[str, dict[str, Any]] = {
    "two days": {"criterion": "WITHIN", "within_ms": 2 * 86_400_000},
    "easy": {"criterion": "SMOOTH", "within_ms": None},
    "kind": {"criterion": "BY_HAND", "within_ms": None},
}


def viewer() -> Any:
    return rows.viewer(Role.BRAND_ADMIN)


def promise(key: str, now: datetime = START) -> None:
    commands.create_promise(actor=viewer(), key=key, text=key, maker="sales", now=now, **PROMISES[key])


def place(owner: str, promised: str | None, now: datetime) -> UUID:
    """Put the checkout under this owner with this promise, from now on."""
    journey = Journey.objects.filter(key="buying").first()
    journey = journey or commands.create_journey(actor=viewer(), key="buying", name="Buying", now=now)
    draft = commands.draft_journey_version(actor=viewer(), journey_id=journey.id, now=now)
    stages = [WrittenStage("PURCHASE", touchpoints=[WrittenPlacement("checkout", owner, "WEB", promise=promised)])]
    commands.edit_journey_draft(actor=viewer(), version_id=draft.id, stages=stages, now=now)
    commands.publish_journey_version(actor=viewer(), version_id=draft.id, effective_from=now, now=now)
    return draft.id


def departments() -> None:
    for key in ("sales", "shop", "web"):
        commands.create_department(actor=viewer(), key=key, name=key, now=START)


@pytest.fixture
def brand(db: None, acme: BrandRef) -> BrandRef:
    with brand_tx(acme):
        departments()
    return acme


def test_a_promise_is_judged_by_the_event_the_criterion_or_nobody(brand: BrandRef) -> None:
    with brand_tx(brand):
        for key in PROMISES:
            promise(key)
        place("shop", "two days", at(0))
    day = 86_400_000
    take(
        brand,
        event("in time", duration_ms=2 * day),
        event("late", duration_ms=2 * day + 1),
        event("failed fast", duration_ms=5, outcome="FAILED"),
        event("said so", duration_ms=9 * day, promise_kept=True),
        event("no duration"),
        event("smooth", promise="easy", outcome="SMOOTH"),
        event("friction", promise="easy", outcome="FRICTION"),
        event("by hand", promise="kind", outcome="SMOOTH"),
        event("of no promise", promise="nobody made it", promise_kept=True),
        event("before the journey", days=-1, duration_ms=1),
        event("elsewhere", touchpoint="app", duration_ms=1),
    )

    settle(brand)

    assert told(brand) == {
        ("two days", "in time"): ("KEPT", "CRITERION", "shop"),
        ("two days", "late"): ("BROKEN", "CRITERION", "shop"),
        ("two days", "failed fast"): ("BROKEN", "CRITERION", "shop"),
        ("two days", "said so"): ("KEPT", "EVENT", "shop"),
        ("two days", "no duration"): ("UNKNOWN", "NOBODY", "shop"),
        ("easy", "smooth"): ("KEPT", "CRITERION", "shop"),
        ("easy", "friction"): ("BROKEN", "CRITERION", "shop"),
        ("kind", "by hand"): ("UNKNOWN", "NOBODY", "shop"),
    }


def test_a_promise_made_after_the_event_and_a_journey_published_for_the_past_are_taken_in(brand: BrandRef) -> None:
    take(brand, event("named", promise="easy", outcome="SMOOTH"), event("placed", days=5, duration_ms=1))
    settle(brand)
    assert told(brand) == {}

    with brand_tx(brand):
        promise("easy")
    settle(brand)
    assert told(brand) == {("easy", "named"): ("KEPT", "CRITERION", None)}

    with brand_tx(brand):
        promise("two days")
        place("web", "two days", at(3))
    settle(brand)
    assert told(brand) == {
        ("easy", "named"): ("KEPT", "CRITERION", None),
        ("two days", "placed"): ("KEPT", "CRITERION", "web"),
    }


def test_making_the_ledger_again_changes_nothing_and_the_same_outcome_keeps_its_id(brand: BrandRef) -> None:
    with brand_tx(brand):
        promise("easy")
    take(brand, event("a", promise="easy", outcome="SMOOTH"))
    settle(brand)
    with brand_tx(brand):
        before = PromiseOutcome.objects.values().get()
    take(brand, event("a", promise=None))
    settle(brand)
    assert told(brand) == {}
    take(brand, event("a", promise="easy", outcome="SMOOTH"))
    settle(brand)

    with brand_tx(brand):
        assert PromiseOutcome.objects.values().get() == before
        made = set(DirtyMark.objects.filter(topic="promise_outcome").values_list("day", flat=True))
        assert not DirtyMark.objects.filter(topic="promise").exists()
    # The day in New York.
    assert {str(day) for day in made} <= {"2026-03-01", "2026-03-02"}


def test_what_moves_to_another_day_is_in_the_ledger_once(brand: BrandRef) -> None:
    with brand_tx(brand):
        promise("easy")
    take(brand, event("a", promise="easy", outcome="SMOOTH"))
    settle(brand)

    take(brand, event("a", days=40, promise="easy", outcome="FAILED"))
    settle(brand)

    with brand_tx(brand):
        assert list(PromiseOutcome.objects.values_list("occurred_at", "outcome")) == [(at(40), "BROKEN")]


def test_two_brands_with_equal_keys_judge_by_their_own_promises(brand: BrandRef, globex: BrandRef) -> None:
    with brand_tx(globex):
        departments()
    for each, criterion in ((brand, "easy"), (globex, "kind")):
        with brand_tx(each):
            commands.create_promise(actor=viewer(), key="p", text="p", maker="sales", now=START, **PROMISES[criterion])
        take(each, event("a", promise="p", outcome="SMOOTH"))
        settle(each)

    assert told(brand) == {("p", "a"): ("KEPT", "CRITERION", None)}
    assert told(globex) == {("p", "a"): ("UNKNOWN", "NOBODY", None)}


def drawn(chance: Random, key: str) -> dict[str, Any]:
    return event(
        key,
        days=chance.choice([-3.5, 0, 4.99, 5, 5.01, 9, 60]),
        touchpoint=chance.choice(["checkout", "checkout", "app"]),
        outcome=chance.choice([None, "SMOOTH", "FRICTION", "FAILED"]),
        duration_ms=chance.choice([None, 0, 2 * 86_400_000, 2 * 86_400_000 + 1]),
        promise=chance.choice([None, None, "easy", "kind", "two days", "nobody's"]),
        promise_kept=chance.choice([None, None, None, True, False]),
    )


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_any_order_of_events_publishing_and_statements_gives_what_a_plain_loop_gives(acme: BrandRef, seed: int) -> None:
    chance = Random(seed)
    events = {key: drawn(chance, key) for key in "abcdefghij"}
    former = [drawn(chance, chance.choice("abcdefghij")) for _ in range(6)]
    places: list[dict[str, Any]] = [
        {"since": at(0), "owner": "shop", "promise": chance.choice([None, "two days", "kind"])}
    ]
    places.append({"since": at(5), "owner": "web", "promise": chance.choice([None, "easy", "kind"])})
    spoken = [(chance.choice("abcdefghij"), chance.choice(["KEPT", "BROKEN", "UNKNOWN"])) for _ in range(3)]
    said: dict[tuple[str, str], str] = {}
    steps: list[Any] = ["places", *events.values()]
    chance.shuffle(steps)
    with scratch():
        with brand_tx(acme):
            departments()
            for key in PROMISES:
                promise(key)
        for each in former:
            take(acme, each)
        for step in steps:
            if chance.random() < 0.3:
                settle(acme)
            if step == "places":
                with brand_tx(acme):
                    for each in places:
                        place(each["owner"], each["promise"], each["since"])
            else:
                take(acme, step)
        settle(acme)
        for number, (key, outcome) in enumerate(spoken):
            with brand_tx(acme):
                found = PromiseOutcome.objects.filter(
                    evidence_id=TouchpointEvent.objects.get(external_id=key).id, decided_by__in=("NOBODY", "PERSON")
                )
                for promised in found.values_list("promise__key", flat=True):
                    _say(key, promised, outcome, at(100 + number))
                    said[promised, key] = outcome
        everything = judged(list(events.values()), PROMISES, {"checkout": places}, said)
        assert told(acme) == everything

        with brand_tx(acme):
            PromiseOutcome.objects.all().delete()
            days = TouchpointEvent.objects.values_list("occurred_at", flat=True)
            DirtyMark.objects.bulk_create(
                DirtyMark(topic="promise", day=day.astimezone(acme.zone).date()) for day in days
            )
        settle(acme)
        assert told(acme) == everything


def _say(key: str, promised: str, outcome: str, now: datetime) -> None:
    evidence = ("TouchpointEvent", TouchpointEvent.objects.get(external_id=key).id)
    commands.record_promise_outcome(
        actor=viewer(), promise=promised, evidence=evidence, outcome=outcome, note="", repair=None, now=now
    )

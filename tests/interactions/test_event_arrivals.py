"""However events and rows arrive, in whatever order, batches and number: the columns and the rollups are the same."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from apps.interactions.commands import NewEvent, append_events
from apps.interactions.imports import INTERACTION_EVENTS, INTERACTIONS
from apps.interactions.models import (
    Agent,
    Interaction,
    InteractionEvent,
    Queue,
    Reason,
    SlaInstance,
    SlaPolicy,
    SlaPolicyVersion,
)
from apps.interactions.sla.clocks import Instance
from apps.interactions.sla.policies import Measure
from apps.interactions.slas.marks import mark_opened_since
from apps.interactions.slas.renewal import renew
from apps.interactions.timing.events import EventKind
from apps.metrics.recompute import recompute_all
from cxplatform.imports.upserts import upsert
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.metrics.conftest import app
from tests.metrics.drawn import scratch
from tests.metrics.test_recompute import stored

__all__ = ["app"]

OPENED = datetime(2026, 4, 2, 9, tzinfo=UTC)
NOW = datetime(2026, 6, 1, tzinfo=UTC)
KINDS = [kind.value for kind in EventKind]
COLUMNS = [
    field.attname for field in Interaction._meta.concrete_fields if field.name not in ("id", "created_at", "updated_at")
]


def world(seed: int) -> list[tuple[Any, dict[str, Any]]]:
    """Draw three interactions' rows and up to 25 of their events, as (kind, row)."""
    chance = Random(seed)
    names = ["c1", "c2", "c3"]
    rows: list[tuple[Any, dict[str, Any]]] = [
        (
            INTERACTIONS,
            {
                "external_id": name, "channel": "PHONE", "opened_at": OPENED + timedelta(days=place),
                "talk_seconds": chance.choice([None, 50]), "answered": chance.choice([None, True]),
                "resolved_at": chance.choice([None, OPENED + timedelta(days=place, seconds=5)]),
                "queue": "sales", "agent": "ana", "priority": "HIGH",
            },
        )
        for place, name in enumerate(names)
    ]  # fmt: skip
    for number in range(chance.randint(1, 25)):
        place = chance.randrange(3)
        kind = chance.choice(KINDS)
        row = {
            "external_id": f"e{number}", "interaction": names[place], "kind": kind,
            "at": OPENED + timedelta(days=place, seconds=chance.randint(-2, 20)),
            "agent": chance.choice([None, "ana", "ben"]), "queue": chance.choice([None, "sales", "billing"]),
            "priority": chance.choice(["LOW", "URGENT"]) if kind == "PRIORITISED" else None,
            "reason": chance.choice([None, None, "Billing"]),
        }  # fmt: skip
        rows.append((INTERACTION_EVENTS, row))
    return rows


def arrive(brand: BrandRef, rows: list[tuple[Any, dict[str, Any]]], batch: int) -> None:
    """Load rows in their order, so many at a time, each kind of them by itself; count after each what changed."""
    for start in range(0, len(rows), batch):
        part = rows[start : start + batch]
        for kind in (INTERACTION_EVENTS, INTERACTIONS):
            if of_kind := [row for its, row in part if its is kind]:
                with brand_tx(brand):
                    upsert(kind, of_kind, now=NOW)
        while renew(brand):
            pass
        recompute_all(brand, now=NOW)


def columns(brand: BrandRef) -> list[dict[str, Any]]:
    with brand_tx(brand):
        return list(Interaction.objects.order_by("external_id").values(*COLUMNS))


def targets(brand: BrandRef) -> list[Any]:
    with brand_tx(brand):
        ordered = SlaInstance.objects.order_by("interaction__external_id", "measure", "number")
        return list(ordered.values_list("interaction__external_id", *Instance.__dataclass_fields__))


@pytest.mark.django_db
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.generate],
)
@given(seed=st.integers(0, 2**32), order=st.integers(0, 2**32), batch=st.integers(3, 30))
def test_any_order_number_and_batches_of_arrival_give_the_same(
    acme: BrandRef, seed: int, order: int, batch: int
) -> None:
    brand = replace(acme, time_zone="UTC")
    rows = world(seed)
    chance = Random(order)
    again = [*rows, *chance.choices(rows, k=8)]
    chance.shuffle(again)

    with scratch():
        with named(brand):
            arrive(brand, rows, len(rows))
            expected = columns(brand), stored(brand), targets(brand)
            with brand_tx(brand):
                SlaInstance.objects.all().delete()
                mark_opened_since(OPENED)
            while renew(brand):
                pass
            assert targets(brand) == expected[2]
        with named(brand):
            arrive(brand, again, batch)
            assert (columns(brand), stored(brand), targets(brand)) == expected


@contextmanager
def named(brand: BrandRef) -> Iterator[None]:
    """Know the agents, queues and the reason by ids that do not change; undo all that follows."""
    with brand_tx(brand), scratch():
        for place, key in enumerate(("ana", "ben")):
            Agent.objects.create(id=f"00000000-0000-7000-8000-00000000000{place}", key=key)
        for place, key in enumerate(("sales", "billing")):
            Queue.objects.create(id=f"00000000-0000-7000-8000-00000000001{place}", key=key)
        Reason.objects.create(id="00000000-0000-7000-8000-000000000020", path="Billing", name="Billing")
        promise_everything()
        yield


def promise_everything() -> None:
    """Promise every measure, and less to what is sold than to the rest."""
    for rank, queues in enumerate((["sales"], [])):
        policy = SlaPolicy.objects.create(key=f"policy-{rank}", created_at=NOW)
        seconds = {"LOW": 20, "NORMAL": 9 + rank, "HIGH": 6 + rank, "URGENT": 3}
        SlaPolicyVersion.objects.create(
            policy=policy, number=1, effective_from=OPENED, rank=rank, channels=[], priorities=[], queues=queues,
            segments=[], created_at=NOW,
            targets=[{"measure": measure, "business": False, "seconds": seconds} for measure in Measure],
        )  # fmt: skip


def at_once(*works: Callable[[], Any]) -> None:
    """Do several things in threads of their own, and wait for all."""

    def run(work: Callable[[], Any]) -> None:
        try:
            work()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
        assert not thread.is_alive()


def told(kind: str, second: int, name: str = "c1") -> NewEvent:
    at = OPENED + timedelta(seconds=second)
    return NewEvent(interaction=("import", name), kind=EventKind(kind), at=at, external_id=f"{name} {kind}")


def load_interactions(brand: BrandRef, *names: str) -> None:
    with brand_tx(brand):
        upsert(
            INTERACTIONS,
            [{"external_id": name, "channel": "PHONE", "opened_at": OPENED} for name in names],
            now=NOW,
        )


@pytest.mark.usefixtures("committed")
def test_two_who_add_to_one_interaction_at_once_lose_nothing(acme: BrandRef) -> None:
    load_interactions(acme, "c1")
    both_in = threading.Barrier(2, timeout=20)

    def add(kind: str, second: int) -> None:
        with brand_tx(acme):
            # Each has stored its event before either derives anything.
            events = [told(kind, second)]
            InteractionEvent.objects.create(
                external_id=f"before {kind}", interaction_external_id="c2", kind=kind, at=OPENED
            )
            both_in.wait()
            append_events(events, now=NOW)

    at_once(lambda: add("ANSWERED", 10), lambda: add("ENDED", 70))

    with brand_tx(acme):
        row = Interaction.objects.get(external_id="c1")
        assert (row.wait_seconds, row.talk_seconds) == (10, 60)


@pytest.mark.usefixtures("committed")
def test_an_interaction_stored_while_its_events_are_is_not_missed(acme: BrandRef) -> None:
    rows = [
        {"external_id": f"e{number}", "interaction": f"c{number}", "kind": "ANSWERED", "at": OPENED}
        for number in range(20)
    ]

    def load_events() -> None:
        with brand_tx(acme):
            upsert(INTERACTION_EVENTS, rows, now=NOW)

    at_once(load_events, lambda: load_interactions(acme, *(f"c{number}" for number in range(20))))

    with brand_tx(acme):
        assert set(Interaction.objects.values_list("answered", "timing_source")) == {(True, "EVENTS")}


@pytest.mark.usefixtures("committed")
def test_many_who_add_to_many_interactions_wait_for_each_other_in_no_circle(acme: BrandRef) -> None:
    names = [f"c{number}" for number in range(6)]
    load_interactions(acme, *names)
    kinds = ["ANSWERED", "HELD", "RESUMED", "ENDED"]

    def add(place: int) -> None:
        chance = Random(place)
        for kind in chance.sample(kinds, len(kinds)):
            with brand_tx(acme):
                events = [told(kind, 10 * kinds.index(kind), name) for name in chance.sample(names, len(names))]
                append_events([replace(event, external_id=f"{place} {event.external_id}") for event in events], now=NOW)

    def load_again() -> None:
        for subject in ("a", "b", "c"):
            rows = [
                {"external_id": name, "channel": "PHONE", "opened_at": OPENED, "subject": subject} for name in names
            ]
            with brand_tx(acme):
                upsert(INTERACTIONS, rows, now=NOW)

    at_once(lambda: add(1), lambda: add(2), lambda: add(3), load_again)

    with brand_tx(acme):
        assert set(Interaction.objects.values_list("talk_seconds", "hold_seconds", "subject")) == {(20, 10, "c")}

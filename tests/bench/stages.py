"""`python -m tests.bench.stages`: how fast customers are put on a journey; `EVENTS=20000` for fewer than 100,000."""

import os
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random

from tests.bench.__main__ import servers

EVENTS = int(os.environ.get("EVENTS", "100000"))
EVENTS_A_CUSTOMER, TOUCHPOINTS, ROUNDS = 10, 10, 3
FIRST = datetime(2026, 3, 2, tzinfo=UTC)


def main() -> None:
    customers = EVENTS // EVENTS_A_CUSTOMER
    print(
        f"{os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f}: {EVENTS:,} touchpoint events of {customers:,} customers"
    )
    with servers():
        _fill(customers)
        _measure()


def _fill(customers: int) -> None:
    """Store a journey of five stages, customers, and what they went through, in an order of its own for each."""
    from django.db import connections

    from apps.customers.models import Customer
    from apps.journeys.models import Touchpoint, TouchpointEvent
    from cxplatform.tenancy.doors import brand_tx
    from tests.cluster import ACME
    from tests.journeys.stages.stored import published

    chance = Random(5)
    stages = {f"stage {place}": (f"at {place}", f"also at {place}") for place in range(TOUCHPOINTS // 2)}
    with brand_tx(ACME, statement_timeout_ms=600_000):
        published(stages)
        touchpoints = list(Touchpoint.objects.order_by("key"))
        people = Customer.objects.bulk_create(Customer(external_id=f"c{n}") for n in range(customers))
        events = (
            TouchpointEvent(
                external_id=f"e{n}", customer=people[n % customers], touchpoint=chance.choice(touchpoints),
                occurred_at=FIRST + timedelta(seconds=chance.randrange(90 * 86_400)),
            )
            for n in range(EVENTS)
        )  # fmt: skip
        TouchpointEvent.objects.bulk_create(events, batch_size=5_000)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")


def _measure() -> None:
    from tests.bench.costs import Contender, medians_of

    cases = {
        "nobody was on the journey": partial(_mark, empty=True),
        "everybody was, and nothing changed": partial(_mark, empty=False),
    }
    costs = medians_of([Contender(_stage, prepare) for prepare in cases.values()], rounds=ROUNDS)
    for what, cost in zip(cases, costs, strict=True):
        rate = EVENTS / cost.wall
        print(
            f"{what}: {rate:,.0f} events/s, CPU {cost.python:.2f} + {cost.server:.2f} s of {cost.wall:.2f}", flush=True
        )
    (cost,) = medians_of([Contender(_funnel)], rounds=ROUNDS)
    print(f"the funnel of all of them: {1e3 * cost.wall:.0f} ms, {1e3 * cost.server:.0f} of them PostgreSQL's CPU")


def _mark(*, empty: bool) -> None:
    from apps.customers.models import Customer
    from apps.journeys.models import JourneyProgress, StageVisit
    from apps.journeys.stages.marks import mark_travellers
    from cxplatform.tenancy.doors import brand_tx
    from tests.cluster import ACME

    with brand_tx(ACME, statement_timeout_ms=600_000):
        if empty:
            StageVisit.objects.all().delete()
            JourneyProgress.objects.all().delete()
        mark_travellers(Customer.objects.values_list("pk", flat=True))


def _stage() -> None:
    from apps.journeys.stages.staging import stage_marked
    from tests.cluster import ACME

    while stage_marked(ACME):
        pass


def _funnel() -> None:
    from apps.insights.funnel.reckoning import journey_funnel
    from apps.metrics.windows import Window
    from cxplatform.tenancy.doors import brand_tx
    from tests.cluster import ACME

    window = Window(FIRST, FIRST + timedelta(days=100))
    with brand_tx(ACME, read_only=True, statement_timeout_ms=600_000):
        found = journey_funnel("buying", window, segments=None, now=window.end)
    assert found is not None
    assert sum(stage.entered for stage in found.stages) > EVENTS // EVENTS_A_CUSTOMER


if __name__ == "__main__":
    main()

"""`python -m tests.bench.service [explain]`: the metrics of service on a year of contacts, `ROWS=400000` by default.

Each through GraphQL from rollups, its SQL alone, and from the rows; then what counting one marked day anew costs.
`explain` prints the plans of what is slow.
"""

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tests.bench.__main__ import servers

ROWS, CUSTOMERS, STATES_A_DAY, DAYS = int(os.environ.get("ROWS", "400000")), 50_000, 8, 365
KEYS = (
    "RESOLUTION_TIME_FIRST", "RESOLUTION_TIME_FULL", "REOPEN_RATE", "CONTACT_RATE", "BACKLOG", "OCCUPANCY",
    "CONTAINMENT", "SLA_COMPLIANCE",
)  # fmt: skip
SLOW_MS = 40


def main() -> None:
    print(f"{os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f} at the start", flush=True)
    with servers():
        _fill()
        _measure()
        _count_anew(explain="explain" in sys.argv)
    print(f"load {os.getloadavg()[0]:.1f} at the end")


def _fill() -> None:
    from tests.bench import filling
    from tests.bench.sizes import FULL
    from tests.cluster import ACME

    sizes = replace(FULL, interactions=ROWS, customers=CUSTOMERS)
    filling.fill(ACME, sizes, more=_more, beside=_beside)


def _more(row: dict[str, Any]) -> dict[str, Any]:
    """Let one in 15 that were resolved be opened again, and one in seven begin with a bot, which keeps half of them."""
    number, resolved = int(row["external_id"][1:]), row["resolved_at"]
    told: dict[str, Any] = {"first_resolved_at": resolved, "bot_handed_off_at": None}
    if resolved and number % 15 == 1:
        told |= {"reopened_at": [resolved + timedelta(hours=20)], "resolved_at": resolved + timedelta(hours=30)}
    if number % 7 == 0:
        told |= {"handled_by": "BOT"} if number % 2 else {"bot_handed_off_at": row["opened_at"] + timedelta(seconds=20)}
    return row | told


def _beside(ids: dict[str, dict[str, Any]]) -> None:
    """Store an order for every fourth contact, what agents did, and a target for every third contact."""
    from apps.customers.models import Order
    from apps.interactions.models import AgentState, SlaInstance
    from tests.bench import filling

    filling.copy_rows(Order, _orders(ids["customer"]))
    filling.copy_rows(AgentState, _states(ids["agent"]))
    filling.copy_rows(SlaInstance, _targets())


def _orders(customers: dict[str, Any]) -> Iterator[dict[str, Any]]:
    from tests.bench.filling import YEAR, imported, midnight

    keys, begin = list(customers.values()), midnight(YEAR[0])
    for number in range(ROWS // 4):
        at = begin + number * (timedelta(days=DAYS) / (ROWS // 4))
        yield imported(at) | {
            "external_id": f"o{number}", "customer_id": keys[number % len(keys)], "ordered_at": at, "amount": 10,
            "currency": "USD", "kind": "PURCHASE",
        }  # fmt: skip


def _states(agents: dict[str, Any]) -> Iterator[dict[str, Any]]:
    from cxplatform.ids import uuid7
    from tests.bench.filling import YEAR, midnight

    for day in range(DAYS):
        begin = midnight(YEAR[0]) + timedelta(days=day, hours=9)
        for agent in agents.values():
            for number in range(STATES_A_DAY):
                state = ("AVAILABLE", "ON_CONTACT", "WRAP_UP", "BREAK")[number % 4]
                at = begin + timedelta(hours=number)
                yield {
                    "id": uuid7(), "agent_id": agent, "state": state, "from_at": at, "to_at": at + timedelta(hours=1)
                }  # fmt: skip


def _targets() -> Iterator[dict[str, Any]]:
    from apps.interactions.models import Interaction, SlaPolicy, SlaPolicyVersion
    from cxplatform.ids import uuid7
    from tests.bench.filling import NOW

    policy = SlaPolicy.objects.create(key="all", created_at=NOW)
    version = SlaPolicyVersion.objects.create(
        policy=policy, number=1, effective_from=NOW, rank=1, channels=[], priorities=[], queues=[], segments=[],
        targets=[], created_at=NOW,
    )  # fmt: skip
    told = Interaction.objects.filter(first_response_at__isnull=False).order_by("opened_at")
    for place, (key, opened, replied) in enumerate(told.values_list("id", "opened_at", "first_response_at").iterator()):
        if place % 3 == 0:
            yield {
                "id": uuid7(), "interaction_id": key, "version_id": version.id, "measure": "FIRST_REPLY", "number": 1,
                "priority": "NORMAL", "target_seconds": 25 + place % 10, "business": False, "started_at": opened,
                "due_at": opened + timedelta(seconds=25 + place % 10), "ended_at": replied,
            }  # fmt: skip


def _measure() -> None:
    from tests.bench import metrics
    from tests.bench.filling import YEAR, window
    from tests.bench.metric_questions import METRIC, SERIES, asked
    from tests.bench.sizes import FULL
    from tests.cluster import ACME

    month = asked(window(ACME, date(2025, 6, 1), date(2025, 7, 1)))
    year = asked(window(ACME, *YEAR))
    put = {}
    for key in KEYS:
        put[f"{key}, a month"] = METRIC, {"key": key, "window": month}
        put[f"{key}, the year"] = METRIC, {"key": key, "window": year}
        put[f"{key}, the year by day"] = SERIES, {"key": key, "window": year, "grain": "DAY"}
    sizes = replace(FULL, interactions=ROWS, metric_rounds=1, rollup_reads=5)
    print(metrics.measure(ACME, sizes, put).text(), flush=True)


def _count_anew(*, explain: bool) -> None:
    """Mark a day in the middle of the year, of each topic, and count it anew."""
    from django.db import connections

    from apps.metrics.definitions.registry import FACTS
    from apps.metrics.recompute import recompute_all
    from cxplatform.dirty.marks import mark
    from cxplatform.tenancy.doors import ALIAS, brand_tx
    from tests.bench.filling import NOW
    from tests.cluster import ACME

    for fact in FACTS:
        with brand_tx(ACME):
            mark(fact.topic, [date(2025, 6, 15)])
        spent = _Spent()
        began = time.perf_counter()
        with connections[ALIAS].execute_wrapper(spent):
            recompute_all(ACME, now=NOW)
        print(f"a day of {fact.topic} ({fact.key}): {1e3 * (time.perf_counter() - began):.0f} ms", flush=True)
        if explain:
            spent.show()


class _Spent:
    """Statements that took long, to be explained."""

    def __init__(self) -> None:
        self._slow: list[tuple[float, str, Any]] = []

    def __call__(self, execute: Any, text: str, parameters: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(text, parameters, many, context)
        finally:
            self._slow.append((1e3 * (time.perf_counter() - began), text, parameters))

    def show(self) -> None:
        from cxplatform.tenancy.doors import brand_tx, sql
        from tests.cluster import ACME

        for took, text, parameters in self._slow:
            if took >= SLOW_MS and "SELECT" in text:
                with brand_tx(ACME, statement_timeout_ms=120_000), sql() as cursor:
                    cursor.execute("EXPLAIN " + text, parameters)
                    print(f"{took:.0f} ms: " + "\n".join(row[0] for row in cursor.fetchall()), flush=True)


if __name__ == "__main__":
    main()

"""`python -m tests.bench.people`: lists of 500,000 customers with segments; `PEOPLE=20000` for fewer."""

import os
import statistics
import time
from typing import Any

from tests.bench.__main__ import servers

PEOPLE, ROUNDS = int(os.environ.get("PEOPLE", "500000")), 20
# A twentieth, a half, and all.
SEGMENTS: dict[str, dict[str, Any]] = {
    "few": {"country": ["DE"]},
    "half": {"not": {"language": ["en"]}},
    "all": {"ordered": {"at_most": 3}},
}
ASKED = {
    "50 customers with their segments": """{ customers(first: 50) { nodes { externalId
      segments(first: 10) { nodes { enteredAt segment { key } } } } } }""",
    "50 customers of a small segment": """{ customers(first: 50, where: {segments: {segment: {eq: "few"}}}) {
      nodes { externalId } } }""",
    "50 customers of half of them": """{ customers(first: 50, where: {segments: {segment: {eq: "half"}}}) {
      nodes { externalId } } }""",
    "50 members of the largest segment": """{ segments(where: {key: {eq: "all"}}) { nodes { size
      members(first: 50) { nodes { enteredAt customer { externalId } } } } } }""",
    "possible duplicates of one": None,
    "20 possible duplicates": "{ possibleDuplicates { by customers { externalId } } }",
}


def main() -> None:
    print(f"{os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f}: {PEOPLE:,} customers, {PEOPLE:,} orders")
    with servers():
        _fill()
        _evaluate()
        _analyze()
        _ask()
        _explain()


def _fill() -> None:
    from apps.customers.models import Customer, Order
    from cxplatform.ids import uuid7
    from cxplatform.tenancy.doors import brand_tx
    from tests.bench.filling import NOW, copy_rows, imported
    from tests.cluster import ACME

    ids = [uuid7() for _ in range(PEOPLE)]
    with brand_tx(ACME, statement_timeout_ms=600_000):
        copy_rows(
            Customer,
            (
                {
                    **imported(NOW), "id": key, "external_id": f"c{n}", "country": "DE" if n % 20 == 0 else "US",
                    "language": "en" if n % 2 else "de", "email": f"Person{n - n % 1000 // 998}@example.com",
                }
                for n, key in enumerate(ids)
            ),
        )  # fmt: skip
        copy_rows(
            Order,
            (
                {
                    **imported(NOW), "external_id": f"o{n}", "customer_id": ids[n // 5 * 5], "ordered_at": NOW,
                    "amount": 10, "currency": "USD", "kind": "PURCHASE",
                }
                for n in range(PEOPLE)
            ),
        )  # fmt: skip


def _evaluate() -> None:
    from apps.accounts.permissions import Role
    from apps.customers import commands
    from apps.customers.models import Segment
    from cxplatform.tenancy.doors import brand_tx
    from tests.bench.filling import NOW
    from tests.cluster import ACME
    from tests.interactions.working.rows import viewer

    _analyze()
    for key, rules in SEGMENTS.items():
        with brand_tx(ACME):
            made = commands.create_segment(actor=viewer(Role.BRAND_ADMIN), key=key, name=key, rules=rules, now=NOW)
        for what in ("first evaluated", "evaluated again"):
            began = time.perf_counter()
            _walk(made.pk)
            size = _size(Segment, made.pk)
            print(f"segment {key}, {size:,} members, {what}: {time.perf_counter() - began:.1f} s", flush=True)


def _walk(key: Any) -> None:
    """Evaluate a segment for all customers, a step at a time, each as long as a worker's may take."""
    from apps.customers.segments.evaluating import FIRST, evaluate
    from apps.customers.segments.turns import STEP_TIMEOUT_MS
    from cxplatform.tenancy.doors import brand_tx
    from tests.bench.filling import NOW
    from tests.cluster import ACME

    after: Any = FIRST
    while after is not None:
        with brand_tx(ACME, statement_timeout_ms=STEP_TIMEOUT_MS):
            after = evaluate(key, now=NOW, after=after)


def _size(model: Any, key: Any) -> int:
    from cxplatform.tenancy.doors import brand_tx
    from tests.cluster import ACME

    with brand_tx(ACME, read_only=True):
        size: int = model.objects.get(pk=key).size
        return size


def _analyze() -> None:
    from django.db import connections

    from tests.cluster import ACME

    with connections["owner"].cursor() as cursor:
        for table in ("customer", "order", "segmentstay"):
            cursor.execute(f"VACUUM ANALYZE {ACME.schema}.customers_{table}")


def _ask() -> None:
    from django.core.handlers.wsgi import WSGIHandler

    from apps.customers.models import Customer
    from cxplatform.graphql.global_ids import global_id
    from cxplatform.tenancy.doors import brand_tx
    from tests.bench.requests import body_of, graphql, token_of
    from tests.cluster import ACME

    application, token = WSGIHandler(), token_of(ACME)
    with brand_tx(ACME, read_only=True):
        one = global_id("Customer", Customer.objects.get(external_id="c999" if PEOPLE > 999 else "c1").pk)
    of_one = "query($id: ID) { possibleDuplicates(customer: $id) { by customers { externalId } } }"
    for name, query in ASKED.items():
        environ = graphql(token, query or of_one, None if query else {"id": one})
        took = []
        for _ in range(ROUNDS + 1):
            began = time.perf_counter()
            body_of(application, environ())
            took.append(1_000 * (time.perf_counter() - began))
        print(f"{name}: median {statistics.median(took[1:]):.1f} ms, slowest {max(took[1:]):.1f} ms", flush=True)


def _explain() -> None:
    """Print how a page of a segment's members is found."""
    from apps.customers.models import Segment, SegmentMember
    from cxplatform.tenancy.doors import brand_tx
    from tests.cluster import ACME

    with brand_tx(ACME, read_only=True):
        segment = Segment.objects.get(key="all")
        page = SegmentMember.objects.filter(segment=segment).order_by("-entered_at", "-id")
        print(page[:50].explain())


if __name__ == "__main__":
    main()

"""Whoever locks several kinds of imports does it in one order: nobody waits in a circle."""

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from time import monotonic, sleep

import pytest
from django.db import connection, connections

from cxplatform.imports import locks
from cxplatform.imports.kinds import Kind, kind_named
from cxplatform.imports.loading import lock_kind
from cxplatform.imports.upserts import upsert
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx

NOW = datetime(2026, 3, 2, tzinfo=UTC)
# Rows of kinds that lock contacts, which they name and nobody knows yet.
NAMING = {
    "survey-responses": {"survey": "s", "kind": "CSAT", "score": 4, "answered_at": NOW, "interaction": "i"},
    "interaction-events": {"kind": "BOT_REPLIED", "at": NOW, "interaction": "i"},
    "messages": {"author": "CUSTOMER", "at": NOW, "interaction": "i", "text": "hello"},
}


def load(brand: BrandRef, kind: str) -> list[str]:
    try:
        with brand_tx(brand):
            row = {"external_id": "1", **NAMING[kind]}
            return [str(each.status) for each in upsert(kind_named(kind), [row], now=NOW)]
    finally:
        connections.close_all()


def is_waited_for() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
            " WHERE d.datname = current_database() AND l.locktype = 'advisory' AND NOT l.granted)"
        )
        ((found,),) = cursor.fetchall()
    return bool(found)


@pytest.mark.parametrize("kind", NAMING)
def test_who_locks_all_kinds_and_an_import_that_locks_contacts_too_wait_in_one_order(
    committed: None, acme: BrandRef, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    loading: list[Future[list[str]]] = []

    def lock_and_let_it_begin(brand: BrandRef, locked: Kind) -> None:
        lock_kind(brand, locked)
        if locked.name == "interactions":
            loading.append(pool.submit(load, brand, kind))
            until = monotonic() + 60
            while not is_waited_for() and monotonic() < until:
                sleep(0.005)

    monkeypatch.setattr(locks, "lock_kind", lock_and_let_it_begin)
    with ThreadPoolExecutor(1) as pool:
        with brand_tx(acme):
            locks.lock_all_kinds()

        assert loading[0].result(60) == ["ACCEPTED"]

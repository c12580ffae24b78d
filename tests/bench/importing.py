"""The import job against what PostgreSQL and Django do without it."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import orjson
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.db.models import Model

from apps.interactions.models import Interaction
from cxplatform.imports.models import ImportJob
from cxplatform.jobs.runner import run_due
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx, sql
from tests.bench import drawing
from tests.bench.costs import BenchmarkBroken, Contender, medians_of
from tests.bench.requests import MakeEnviron, body_of, upload
from tests.bench.sizes import Sizes
from tests.bench.tables import Line, Table

_FIRST = datetime(2025, 1, 1, tzinfo=UTC)
_TABLE = "interactions_interaction"
_TIMEOUT_MS = 120_000


def measure(brand: BrandRef, token: str, sizes: Sizes) -> Table:
    """Load the same rows in each way into the same empty table, in turns."""
    rows = drawing.interactions(
        sizes.imported, first=_FIRST, apart=timedelta(minutes=10), customers=sizes.imported_customers
    )
    csv = drawing.as_csv(rows)
    peers = Peers(brand, sizes.imported)
    send = upload(token, "/import/interactions", csv)
    load = partial(load_by_job, brand, send, sizes.imported)
    everything, bare = partial(empty, brand, "customers_customer", _TABLE), partial(empty, brand, _TABLE)
    ways = [
        Contender(load, everything),
        Contender(load, bare),
        Contender(peers.copy, peers.before_copy),
        # Half a minute: once is exact enough, and a share of the rows would find smaller indexes than ours do.
        Contender(peers.create, peers.before_create, most_rounds=1),
    ]
    new, known, copied, created = medians_of(ways, rounds=sizes.import_rounds)
    empty(brand, "customers_customer", _TABLE)
    return Table(
        f"1. Import of {sizes.imported:,} interactions: {sizes.imported / new.wall:,.0f} rows/s",
        f"A CSV file of {len(csv) / 1e6:.1f} MB, 26 columns and the id, sent to POST /import/interactions, stored,\n"
        "queued and run as a job, against binary COPY of the finished rows into the same table with its indexes, keys\n"
        "and checks, and against bulk_create of all of them (once). Both peers get rows that are read, checked and\n"
        "looked up already.",
        [
            Line(f"its {sizes.imported_customers:,} customers new, against COPY", new, copied),
            Line("its customers known, against COPY", known, copied),
            Line("its customers known, against bulk_create", known, created),
        ],
    )


def empty(brand: BrandRef, *tables: str) -> None:
    """Empty these tables, and forget what is marked."""
    names = ", ".join(f"{brand.schema}.{table}" for table in (*tables, "dirty_dirtymark"))
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"TRUNCATE {names} CASCADE")


def load_by_job(brand: BrandRef, send: MakeEnviron, count: int) -> None:
    """Send a file and run its job. Raises: BenchmarkBroken, unless every row is new."""
    job_id = orjson.loads(body_of(WSGIHandler(), send(), expected="202 Accepted"))["job"]
    run_due(brand, seconds=600)
    with brand_tx(brand, read_only=True):
        job = ImportJob.objects.get(pk=job_id)
    if (job.state, job.accepted) != ("DONE", count):
        raise BenchmarkBroken(f"The import ended {job.state} with {job.accepted} of {count} rows: {job.errors[:1]}")


class Peers:
    """What the others are given: the rows as the import left them, read again each round for their customers' ids."""

    def __init__(self, brand: BrandRef, count: int, model: type[Model] = Interaction, order: str = "opened_at") -> None:
        self._brand, self._count, self._model, self._order = brand, count, model, order
        self._table = model._meta.db_table
        self._binary = b""
        self._values: list[dict[str, Any]] = []

    def before_copy(self) -> None:
        with brand_tx(self._brand, read_only=True, statement_timeout_ms=_TIMEOUT_MS), sql() as cursor:
            query = f"COPY (SELECT * FROM {self._table} ORDER BY {self._order}) TO STDOUT (FORMAT BINARY)"
            with cursor.copy(query) as copy:
                self._binary = b"".join(bytes(piece) for piece in copy)
        empty(self._brand, self._table)

    def copy(self) -> None:
        with brand_tx(self._brand, statement_timeout_ms=_TIMEOUT_MS), sql() as cursor:
            with cursor.copy(f"COPY {self._table} FROM STDIN (FORMAT BINARY)") as copy:
                copy.write(self._binary)
            if cursor.rowcount != self._count:
                raise BenchmarkBroken(f"COPY loaded {cursor.rowcount} of {self._count} rows")

    def before_create(self) -> None:
        with brand_tx(self._brand, read_only=True):
            self._values = list(self._model._default_manager.order_by(self._order).values())
        empty(self._brand, self._table)

    def create(self) -> None:
        with brand_tx(self._brand, statement_timeout_ms=_TIMEOUT_MS):
            rows = (self._model(**row) for row in self._values)
            made = self._model._default_manager.bulk_create(rows, batch_size=1_000)
        if len(made) != self._count:
            raise BenchmarkBroken(f"bulk_create stored {len(made)} of {self._count} rows")

"""The metric fields through GraphQL, against their own SQL alone and against the same from the rows."""

from collections.abc import Callable
from functools import partial
from math import isclose
from typing import Any

import orjson
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.test import override_settings
from django.utils import timezone

from apps.accounts.commands import add_member, issue_key
from apps.accounts.models import Brand
from apps.accounts.permissions import Role
from apps.metrics.definitions.registry import FACTS, fingerprint
from apps.metrics.models import Watermark
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import ALIAS, brand_tx, shared_tx, sql
from tests.bench.costs import BenchmarkBroken, Contender, medians_of
from tests.bench.filling import CONTACTS_AN_ANSWER
from tests.bench.metric_questions import Question, questions
from tests.bench.metric_tables import MetricLine, MetricTable
from tests.bench.requests import Batch, MakeEnviron, body_of, graphql
from tests.bench.sizes import Sizes

Statement = tuple[str, Any]
_TIMEOUT_MS = 120_000
# Who asks is looked up in tables of other names.
_TABLES = ("metrics_", "interactions_", "surveys_", "customers_", "journeys_")
# Quantiles past the exact ones come from histograms, whose bins rows and rollups fill alike.
_TOLERANCE = 1e-9


@override_settings(CX_STATEMENT_TIMEOUT_MS=_TIMEOUT_MS)  # the rows of a year take longer than a request may
def measure(brand: BrandRef, sizes: Sizes, put: dict[str, Question] | None = None) -> MetricTable:
    """Ask every question, or those put, all three ways, see that the answers agree, and time them in turns."""
    application, token = WSGIHandler(), _token(brand)
    lines = []
    for what, (document, variables) in (put or questions(brand)).items():
        ask = graphql(token, document, variables)
        statements = _check(brand, application, what, ask)
        lines.append(_line(brand, application, sizes, what, ask, statements))
    _read_from(brand, rollups=True)
    return MetricTable(
        f"2. Metrics on {sizes.interactions:,} interactions and {sizes.interactions // CONTACTS_AN_ANSWER:,} answers "
        "of twelve months",
        "A request in process through the WSGI application, check of the key and transaction included; the statements\n"
        "that it sends about metrics, sent and fetched alone in one transaction; and the same request answered from\n"
        "the rows, which is what the engine does while rollups are being made.",
        lines,
    )


def _line(  # noqa: PLR0917  # one of each
    brand: BrandRef,
    application: WSGIHandler,
    sizes: Sizes,
    what: str,
    ask: MakeEnviron,
    statements: list[Statement],
) -> MetricLine:
    many, few = (Batch(application, ask, times) for times in (sizes.rollup_reads, sizes.row_reads))
    ours, sql_alone, rows = medians_of(
        [
            Contender(many.work, _before(brand, many.prepare, rollups=True), scale=1 / sizes.rollup_reads),
            Contender(partial(_send, brand, statements, sizes.rollup_reads), scale=1 / sizes.rollup_reads),
            Contender(few.work, _before(brand, few.prepare, rollups=False), scale=1 / sizes.row_reads),
        ],
        rounds=sizes.metric_rounds,
    )
    return MetricLine(what, ours, rows, sql_alone)


def _before(brand: BrandRef, prepare: Callable[[], None], *, rollups: bool) -> Callable[[], None]:
    def ready() -> None:
        prepare()
        _read_from(brand, rollups=rollups)

    return ready


def _send(brand: BrandRef, statements: list[Statement], times: int) -> None:
    for _ in range(times):
        with brand_tx(brand, read_only=True, statement_timeout_ms=_TIMEOUT_MS), sql() as cursor:
            for text, parameters in statements:
                cursor.execute(text, parameters)
                cursor.fetchall()


def _read_from(brand: BrandRef, *, rollups: bool) -> None:
    """Say that the rollups are, or are not, of today's layout: the engine reads those that are not from the rows."""
    with brand_tx(brand):
        for fact in FACTS:
            layout = fingerprint(fact.key) if rollups else "of another day"
            Watermark.objects.filter(fact=fact.key).update(layout=layout)


def _check(brand: BrandRef, application: WSGIHandler, what: str, ask: MakeEnviron) -> list[Statement]:
    """Compare what rollups and rows say; return the statements that were sent about metrics."""
    _read_from(brand, rollups=False)
    peer = _numbers(orjson.loads(body_of(application, ask()))["data"])
    _read_from(brand, rollups=True)
    sent: list[Statement] = []
    with connections[ALIAS].execute_wrapper(partial(_note, sent)):
        ours = _numbers(orjson.loads(body_of(application, ask()))["data"])
    same = len(ours) == len(peer) and all(map(partial(isclose, rel_tol=_TOLERANCE), ours, peer))
    if not same or not any(ours):
        other = [pair for pair in zip(ours, peer, strict=False) if not isclose(*pair, rel_tol=_TOLERANCE)]
        raise BenchmarkBroken(f"{what}: (rollups, rows) say {other[:5]}, of {len(ours)} and {len(peer)} values")
    return sent


def _note(  # noqa: PLR0917  # Django's signature
    sent: list[Statement], execute: Any, text: str, parameters: Any, many: bool, context: Any
) -> Any:
    if any(name in text for name in _TABLES):
        sent.append((text, parameters))
    return execute(text, parameters, many, context)


def _numbers(answer: Any) -> list[float]:
    """List all numbers of an answer in order; what has none counts as -1."""
    if isinstance(answer, dict):
        return [number for value in answer.values() for number in _numbers(value)]
    if isinstance(answer, list):
        return [number for value in answer for number in _numbers(value)]
    if answer is None:
        return [-1.0]
    return [float(answer)] if isinstance(answer, int | float) else []


def _token(brand: BrandRef) -> str:
    now = timezone.now()
    with shared_tx():
        home = Brand.objects.get(pk=brand.id)
        member = add_member(email="metrics@example.com", name="Bench", role=Role.BRAND_ADMIN, brand=home, now=now)
        return issue_key(member=member, name="metrics", now=now)[1]

"""A brand's year of contacts and answers, loaded by COPY and counted into rollups."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from django.db import connections

from apps.customers.models import Customer, Order
from apps.interactions.models import Agent, AgentState, Interaction, Queue, Reason, SlaInstance, Team
from apps.journeys.models import Touchpoint
from apps.metrics.models import Histogram, HourRollup, MonthHistogram, MonthRollup, Rollup
from apps.metrics.recompute import rebuild, recompute_all
from apps.metrics.windows import Window, day_start
from apps.surveys.models import Survey, SurveyResponse
from cxplatform.ids import uuid7
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx, sql
from tests.bench import drawing
from tests.bench.sizes import Sizes

YEAR = (date(2025, 1, 1), date(2026, 1, 1))
NOW = datetime(2026, 2, 1, tzinfo=UTC)
# One contact in so many is followed by an answer.
CONTACTS_AN_ANSWER = 5
FILLED = (Interaction, SurveyResponse, Customer, Order, AgentState, SlaInstance)
_TIMEOUT_MS = 600_000
_RELATIONS = ("customer", "queue", "agent", "team", "reason", "touchpoint")


def window(brand: BrandRef, first: date, after: date) -> Window:
    """Return a span of the brand's days."""
    return Window(day_start(first, brand.zone), day_start(after, brand.zone))


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def fill(
    brand: BrandRef,
    sizes: Sizes,
    *,
    more: Callable[[dict[str, Any]], dict[str, Any]] = lambda row: row,
    beside: Callable[[dict[str, dict[str, Any]]], None] = lambda ids: None,
) -> None:
    """Store the year, make its rollups, and leave the tables as vacuum and analyze would.

    `more` changes a contact's row before it is stored; `beside` stores what goes with the contacts, given the ids by
    name of what they refer to.
    """
    year = window(brand, *YEAR)
    apart = (year.end - year.start) / sizes.interactions

    def rows() -> Iterator[dict[str, Any]]:
        # Drawn again rather than kept: a million of them would fill the memory.
        return drawing.interactions(sizes.interactions, first=year.start, apart=apart, customers=sizes.customers)

    with brand_tx(brand, statement_timeout_ms=_TIMEOUT_MS):
        ids = _named(sizes.customers)
        survey = Survey.objects.create(key="after-contact", kind="CSAT", scope="TRANSACTIONAL")
        copy_rows(Interaction, (_interaction(more(row), ids) for row in rows()))
        copy_rows(SurveyResponse, (_answer(row, ids, survey) for row in _answered(rows())))
        beside(ids)
    rebuild(brand)
    recompute_all(brand, now=NOW)
    with connections["owner"].cursor() as cursor:
        for model in (*FILLED, Rollup, MonthRollup, HourRollup, Histogram, MonthHistogram):
            cursor.execute(f"VACUUM ANALYZE {brand.schema}.{model._meta.db_table}")


def _named(customers: int) -> dict[str, dict[str, Any]]:
    """Make what contacts refer to; the ids by name."""
    root = Reason.objects.create(path="Orders", name="Orders")
    paths = [f"Orders/Reason {number}" for number in range(20)]
    made: dict[str, list[Any]] = {
        "queue": Queue.objects.bulk_create(Queue(key=f"Queue {number}") for number in range(12)),
        "agent": Agent.objects.bulk_create(Agent(key=f"Agent {number}") for number in range(80)),
        "team": Team.objects.bulk_create(Team(key=f"Team {number}") for number in range(6)),
        "touchpoint": Touchpoint.objects.bulk_create(
            Touchpoint(key=f"touchpoint-{number}", name=f"Touchpoint {number}") for number in range(9)
        ),
        "reason": Reason.objects.bulk_create(
            Reason(path=path, name=path.rpartition("/")[2], parent=root) for path in paths
        ),
    }
    ids = {name: {getattr(each, "path", None) or each.key: each.id for each in rows} for name, rows in made.items()}
    people = Customer.objects.bulk_create(
        (
            Customer(external_id=f"c{number}", name=f"Customer {number}", segment=f"Segment {number % 4}")
            for number in range(customers)
        ),
        batch_size=5_000,
    )
    return {**ids, "customer": {each.external_id: each.id for each in people}}


def _answered(rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    return islice(rows, 0, None, CONTACTS_AN_ANSWER)


def _interaction(row: dict[str, Any], ids: dict[str, dict[str, Any]]) -> dict[str, Any]:
    related = {f"{name}_id": ids[name][row[name]] for name in _RELATIONS}
    plain = {name: value for name, value in row.items() if name not in _RELATIONS}
    return {**imported(row["opened_at"]), **plain, **related}


def _answer(row: dict[str, Any], ids: dict[str, dict[str, Any]], survey: Survey) -> dict[str, Any]:
    answered_at = row["opened_at"] + timedelta(hours=1)
    return {
        **imported(answered_at),
        "external_id": f"answer to {row['external_id']}",
        "survey_id": survey.id,
        "kind": survey.kind,
        "score": Random(row["external_id"]).randint(1, 5),
        "answered_at": answered_at,
        "customer_id": ids["customer"][row["customer"]],
        "interaction_external_id": row["external_id"],
    }


def imported(moment: datetime) -> dict[str, Any]:
    """Return what every imported row has."""
    return {"id": uuid7(), "source": "bench", "created_at": moment, "updated_at": moment}


def copy_rows(model: Any, rows: Iterator[dict[str, Any]]) -> None:
    """Store rows by COPY, in the open door."""
    first = next(rows)
    with sql() as cursor, cursor.copy(f"COPY {model._meta.db_table} ({', '.join(first)}) FROM STDIN") as copy:
        copy.write_row(list(first.values()))
        for row in rows:
            copy.write_row(list(row.values()))

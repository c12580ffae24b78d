"""One customer to whom thousands of things happened, among many to whom few did: rows written in bulk."""

from uuid import UUID

from django.db import connections

from apps.customers.models import Customer
from apps.interactions.models import Reason
from apps.journeys.models import Touchpoint
from apps.surveys.models import Survey
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx, sql

# What every table of rows from a source has, and a moment that is a minute after the one before.
_SHARED = "id, created_at, updated_at, customer_id"
_ROW = "gen_random_uuid(), now(), now(), c.id"
_FROM_A_SOURCE = "external_id, source"
_KEY = "c.external_id || '-' || n, 'crowd'"
_AT = "TIMESTAMPTZ '2026-03-02 09:00+00' + n * interval '1 minute'"
TABLES = {
    "customers_order": (
        f"{_FROM_A_SOURCE}, ordered_at, amount, currency, kind",
        f"{_KEY}, {_AT}, 5, 'EUR', 'PURCHASE'",
    ),
    "journeys_touchpointevent": (f"{_FROM_A_SOURCE}, occurred_at, touchpoint_id", f"{_KEY}, {_AT}, %(touchpoint)s"),
    "surveys_surveyresponse": (
        f"{_FROM_A_SOURCE}, answered_at, survey_id, kind, score",
        f"{_KEY}, {_AT}, %(survey)s, 'CSAT', 5",
    ),
    "interactions_interaction": (
        f"{_FROM_A_SOURCE}, opened_at, channel, direction, priority, abandoned, handled_by, transfers",
        f"{_KEY}, {_AT}, 'PHONE', 'INBOUND', 'NORMAL', false, 'HUMAN', 0",
    ),
    "interactions_case": (
        "opened_at, last_contact_at, state, contacts, channel_switches, reason_id",
        f"{_AT}, {_AT}, 'OPEN', 1, 0, %(reason)s",
    ),
}


def fill(brand: BrandRef, *, busy: int, others: int) -> UUID:
    """Give one customer `busy` rows in each table and `others` customers two; return the one's key."""
    with brand_tx(brand, statement_timeout_ms=600_000):
        one = Customer.objects.create(external_id="busy", source="crowd")
        keys = {
            "touchpoint": Touchpoint.objects.create(key="crowd").pk,
            "survey": Survey.objects.create(key="crowd", kind="CSAT").pk,
            "reason": Reason.objects.create(path="Crowd", name="Crowd").pk,
            "busy": busy,
        }
        with sql() as cursor:
            cursor.execute(
                "INSERT INTO customers_customer (id, source, external_id, created_at, updated_at) SELECT"
                " gen_random_uuid(), 'crowd', 'c-' || n, now(), now() FROM generate_series(1, %s) n",
                [others],
            )
            for table, (columns, values) in TABLES.items():
                cursor.execute(
                    f"INSERT INTO {table} ({_SHARED}, {columns}) SELECT {_ROW}, {values} FROM customers_customer c,"
                    " generate_series(1, CASE c.external_id WHEN 'busy' THEN %(busy)s ELSE 2 END) n"
                    " WHERE c.source = 'crowd'",
                    keys,
                )
    with connections["owner"].cursor() as cursor:
        for table in (*TABLES, "customers_customer"):
            cursor.execute(f'VACUUM ANALYZE "{brand.schema}"."{table}"')
    return one.pk

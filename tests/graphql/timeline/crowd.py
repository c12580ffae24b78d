"""One customer to whom thousands of things happened, among many to whom few did: rows written in bulk."""

from uuid import UUID

from django.db import connections

from apps.customers.models import Customer
from apps.interactions.models import Reason
from apps.surveys.models import Survey
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx, sql
from tests.graphql.timeline.mapped import mapped

# What every table has, what tables of rows from a source have, and a moment that is a minute after the one before.
_SHARED = "id, customer_id"
_ROW = "gen_random_uuid(), c.id"
_MADE = "created_at, updated_at"
_NOW = "now(), now()"
_FROM_A_SOURCE = f"{_MADE}, external_id, source"
_KEY = f"{_NOW}, c.external_id || '-' || n, 'crowd'"
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
        f"{_MADE}, opened_at, last_contact_at, state, contacts, channel_switches, reason_id",
        f"{_NOW}, {_AT}, {_AT}, 'OPEN', 1, 0, %(reason)s",
    ),
    "customers_consentrecord": (f"{_FROM_A_SOURCE}, at, purpose, granted", f"{_KEY}, {_AT}, 'SURVEYS', true"),
    "journeys_handoff": (
        f"{_FROM_A_SOURCE}, handed_at, from_department_id, to_department_id",
        f"{_KEY}, {_AT}, %(shop)s, %(care)s",
    ),
    "journeys_promiseoutcome": (
        "occurred_at, promise_id, maker_id, evidence_kind, evidence_id, outcome, decided_by",
        f"{_AT}, %(promise)s, %(shop)s, 'Interaction', gen_random_uuid(), 'KEPT', 'PERSON'",
    ),
    "journeys_stagevisit": (
        "entered_at, last_moment_at, journey_id, number, stage_id, stage_key, touchpoint_id, entered_by_kind,"
        " entered_by_id, came, skipped, again, moments",
        f"{_AT}, {_AT}, %(journey)s, n, %(stage)s, 'buy', %(touchpoint)s, 'INTERACTION', gen_random_uuid(), 'BEGAN',"
        " 0, 0, 1",
    ),
}


def fill(brand: BrandRef, *, busy: int, others: int) -> UUID:
    """Give one customer `busy` rows in each table and `others` customers two; return the one's key."""
    with brand_tx(brand, statement_timeout_ms=600_000):
        one = Customer.objects.create(external_id="busy", source="crowd")
        on = mapped()
        keys = {
            "touchpoint": on.touchpoint.pk,
            "shop": on.shop.pk,
            "care": on.care.pk,
            "promise": on.promise.pk,
            "stage": on.stage.pk,
            "journey": on.stage.version.journey_id,
            "survey": Survey.objects.create(key="crowd", kind="CSAT", scope="TRANSACTIONAL").pk,
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

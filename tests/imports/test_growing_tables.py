"""A table that had few rows when a worker began to refer to it, and has many soon after."""

import pytest
from django.db import connection, connections
from django.utils import timezone

from cxplatform.audit.actors import OPERATOR
from cxplatform.imports.submissions import submit_import
from cxplatform.jobs.runner import run_due
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.rows_read import rows_read

pytestmark = pytest.mark.usefixtures("committed")

FEW, MANY, CONTACTS = 150, 3_000, 500


def test_who_a_contact_names_is_looked_up_and_not_looked_for_among_all(acme: BrandRef) -> None:
    customers(acme, 0, FEW)
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"VACUUM ANALYZE {acme.schema}.customers_customer")
    # After a few checks that a customer is there this connection keeps a plan for all of them.
    contacts(acme, "first", 0, 20)
    customers(acme, FEW, MANY)
    before = customers_read(acme)

    contacts(acme, "later", MANY - CONTACTS, CONTACTS)

    assert customers_read(acme) - before < 20 * CONTACTS


def customers(brand: BrandRef, start: int, end: int) -> None:
    loaded(brand, "customers", "external_id", [f"c{number}" for number in range(start, end)])


def contacts(brand: BrandRef, name: str, start: int, number: int) -> None:
    rows = [f"{name}-{each},PHONE,2026-03-02T10:00:00Z,c{each}" for each in range(start, start + number)]
    loaded(brand, "interactions", "external_id,channel,opened_at,customer", rows)


def loaded(brand: BrandRef, kind: str, header: str, rows: list[str]) -> None:
    body = "\n".join([header, *rows]).encode()
    submit_import(actor=OPERATOR, brand=brand, kind_name=kind, file_format="csv", pieces=[body], now=timezone.now())
    run_due(brand)


def customers_read(brand: BrandRef) -> int:
    """Count the customers that were ever read by scans and through indexes, by what this connection tells of itself."""
    with brand_tx(brand), connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
    with brand_tx(brand):
        return rows_read("customers_customer", ever=True)

"""Brands made before there was a trail get one by `migrate_fleet`, append-only like any."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connections

from cxplatform.audit.anchors import anchor_trail
from cxplatform.tenancy.brand import TEMPLATE_SCHEMA, BrandRef
from tests.audit.conftest import trail


@pytest.fixture
def records_kept(acme: BrandRef, globex: BrandRef) -> Iterator[None]:
    """Leave the brands' records of migrations in the order in which they were made."""
    yield
    with connections["owner"].cursor() as cursor:
        for schema in (acme.schema, globex.schema):
            cursor.execute(f'DELETE FROM "{schema}".django_migrations')
            cursor.execute(f'INSERT INTO "{schema}".django_migrations TABLE "{TEMPLATE_SCHEMA}".django_migrations')


@pytest.mark.usefixtures("records_kept")
def test_a_brand_of_before_is_brought_to_its_trail(committed: None, acme: BrandRef, globex: BrandRef) -> None:
    with connections["owner"].cursor() as cursor:
        for schema in (acme.schema, globex.schema, "shared"):
            cursor.execute(f'DROP TABLE "{schema}".audit_event, "{schema}".idempotency_call')
            cursor.execute(f"DELETE FROM \"{schema}\".django_migrations WHERE app IN ('audit', 'idempotency')")
        cursor.execute("UPDATE shared.tenancy_schema_state SET head = 'of before'")

    said = StringIO()
    call_command("migrate_fleet", stdout=said)

    assert "brands migrated: 2, already at head: 0, failed: 0" in said.getvalue()
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT r.oid), count(*) FILTER (WHERE has_table_privilege(r.oid, c.oid, p)) "
            "FROM pg_class c JOIN pg_roles r ON r.rolname = c.relnamespace::regnamespace::text, "
            "unnest('{UPDATE,DELETE}'::text[]) p WHERE c.relname = 'audit_event'"
        )
        assert cursor.fetchone() == (3, 0)
    anchor_trail(acme)
    assert trail(acme) == []

"""Brands made before there was a trail get one by `migrate_fleet`, append-only like any."""

from io import StringIO

from django.core.management import call_command
from django.db import connections

from cxplatform.audit.anchors import anchor_trail
from cxplatform.tenancy.brand import BrandRef
from tests.audit.conftest import trail


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
            "SELECT count(*) FROM pg_class c, unnest('{UPDATE,DELETE}'::text[]) p WHERE c.relname = 'audit_event' "
            "AND has_table_privilege(c.relnamespace::regnamespace::text, c.oid, p)"
        )
        assert cursor.fetchone() == (0,)
    anchor_trail(acme)
    assert trail(acme) == []

"""What lets one brand be dumped, moved and restored alone, and lets a cluster hold them all."""

from django.apps import apps
from django.conf import settings
from django.db import models

from tests.isolation.test_privileges import rows

OURS = "n.nspname !~ '^(pg_|information_schema)'"


def test_no_foreign_key_crosses_a_schema(twins):
    crossing = rows(
        "SELECT c.conname FROM pg_constraint c JOIN pg_class a ON a.oid = c.conrelid "
        "JOIN pg_class b ON b.oid = c.confrelid WHERE c.contype = 'f' AND a.relnamespace <> b.relnamespace"
    )

    assert crossing == []


def test_every_foreign_key_is_immediate(twins):
    deferred = rows("SELECT conname FROM pg_constraint WHERE contype = 'f' AND condeferrable")
    total = rows("SELECT count(*) FROM pg_constraint WHERE contype = 'f'")

    assert deferred == []
    assert total[0][0] > 20


def test_every_table_has_a_primary_key(twins):
    without = rows(
        f"SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        f"WHERE c.relkind IN ('r', 'p') AND {OURS} "
        "AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'p')"
    )

    assert without == []


def test_no_trigger_rule_or_inheritance(twins):
    assert rows("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal") == []
    assert rows("SELECT count(*) FROM pg_inherits") == [(0,)]
    assert rows("SELECT rulename FROM pg_rules WHERE schemaname !~ '^(pg_|information_schema)'") == []


def test_no_brand_model_refers_to_a_shared_one():
    brand_apps = set(settings.TENANT_APPS)
    crossing = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if apps.get_app_config(model._meta.app_label).name in brand_apps
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and apps.get_app_config(field.related_model._meta.app_label).name not in brand_apps
    ]

    assert crossing == []


def test_no_brand_schema_holds_content_types_sessions_or_permissions(twins):
    found = rows(
        "SELECT tablename FROM pg_tables WHERE schemaname LIKE 'b\\_%%' "
        "AND tablename ~ '^(django_content_type|django_session|auth_)'"
    )

    assert found == []

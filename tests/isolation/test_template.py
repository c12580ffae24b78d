"""A brand whose tables are copied from the template has what one has whose migrations were run one by one."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.db import connections

from cxplatform.tenancy import owner, roles, schemas
from cxplatform.tenancy.brand import TEMPLATE_SCHEMA, BrandRef, inbox_role_of, schema_name

pytestmark = pytest.mark.django_db(databases=["owner"])

STEP_BY_STEP = schema_name(UUID("01900000-0000-7000-8000-0000000057e9"))
# What each question tells of a schema, whose own name may be part of what is told.
QUESTIONS = {
    "columns": "SELECT table_name, column_name, ordinal_position, column_default, is_nullable, udt_name, "
    "character_maximum_length, numeric_precision, numeric_scale, is_identity, identity_generation, is_generated, "
    "generation_expression, collation_name FROM information_schema.columns WHERE table_schema = %s",
    "constraints": "SELECT conrelid::regclass::text, conname, contype, pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE connamespace = %s::regnamespace AND conrelid <> 0",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = %s",
    "relations": "SELECT relname, relkind, relpersistence, reloptions FROM pg_class "
    "WHERE relnamespace = %s::regnamespace",
    "storage": "SELECT attrelid::regclass::text, attname, attstorage, attcompression, attstattarget FROM pg_attribute "
    "WHERE attnum > 0 AND attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = %s::regnamespace "
    "AND relkind = 'r')",
    "rights": "SELECT table_name, privilege_type, replace(grantee, table_schema, 'itself') "
    "FROM information_schema.table_privileges WHERE table_schema = %s",
    "functions": "SELECT proname, prosecdef, proconfig, proacl::text, prosrc FROM pg_proc "
    "WHERE pronamespace = %s::regnamespace",
    "triggers": "SELECT tgname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid "
    "WHERE NOT tgisinternal AND c.relnamespace = %s::regnamespace",
}


# Where PostgreSQL reads back a condition it wrote itself, it moves a cast from the list to its members.
CASTS = re.compile(r"::(character varying|text)(\[\])?|[()]")


def told(cursor: Any, question: str, schema: str) -> list[str]:
    cursor.execute(question, [schema])
    return sorted(
        CASTS.sub("", repr(row)).replace(schema, "itself").replace(inbox_role_of(schema) or "", "its inbox")
        for row in cursor.fetchall()
    )


@pytest.fixture(scope="module")
def step_by_step(django_db_setup: None, django_db_blocker: Any) -> Any:
    with django_db_blocker.unblock():
        with owner.owner_tx(STEP_BY_STEP) as cursor:
            roles.make_schema(cursor, STEP_BY_STEP, login=owner.login_of_application()[0])
            schemas.migrate_schema(cursor, STEP_BY_STEP)
        yield STEP_BY_STEP
        with owner.owner_tx(STEP_BY_STEP) as cursor:
            roles.drop_schema(cursor, STEP_BY_STEP)


@pytest.mark.parametrize("subject", QUESTIONS)
def test_what_is_copied_is_what_the_migrations_make(step_by_step: str, acme: BrandRef, subject: str) -> None:
    with connections["owner"].cursor() as cursor:
        copied, made = (told(cursor, QUESTIONS[subject], schema) for schema in (acme.schema, step_by_step))

    assert copied == made
    assert copied or subject in ("functions", "triggers")


def test_the_migrations_are_recorded_in_their_order(step_by_step: str, acme: BrandRef) -> None:
    with connections["owner"].cursor() as cursor:
        records = []
        for schema in (acme.schema, step_by_step, TEMPLATE_SCHEMA):
            cursor.execute(f'SELECT app, name FROM "{schema}".django_migrations ORDER BY id')
            records.append(cursor.fetchall())

    assert records[0] == records[2]
    assert sorted(records[0]) == sorted(records[1])


def test_the_template_holds_nothing_but_the_record_of_its_migrations(acme: BrandRef) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [TEMPLATE_SCHEMA])
        tables = [row[0] for row in cursor.fetchall()]
        cursor.execute(
            " UNION ALL ".join(
                f'SELECT \'{table}\' WHERE EXISTS (SELECT FROM "{TEMPLATE_SCHEMA}"."{table}")' for table in tables
            )
        )

        assert cursor.fetchall() == [("django_migrations",)]


def test_nobody_but_the_owner_may_look_into_the_template(acme: BrandRef) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT rolname FROM pg_roles WHERE has_schema_privilege(oid, %s, 'USAGE') AND NOT rolsuper "
            "AND rolname !~ '^pg_'",
            [TEMPLATE_SCHEMA],
        )

        assert cursor.fetchall() == [("cx_owner",)]

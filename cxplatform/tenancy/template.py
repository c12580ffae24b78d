"""The schema whose structure new brands get: it is migrated as theirs are, and copying it takes a tenth of the time.

It holds no data and no role has rights on it. Being migrated before any brand, it is also the first to meet a migration
that fails.
"""

from typing import Final

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from cxplatform.tenancy import owner, roles, schemas
from cxplatform.tenancy.brand import EXTENSIONS_SCHEMA, TEMPLATE_SCHEMA

_RECORD: Final = "django_migrations"
# Held by whoever changes the template, shared by whoever copies it.
_LOCK: Final = 0x63785F746D706C74

# The statements that make its tables in the schema named, in order. LIKE takes columns, defaults, identities and
# checks; the rest is written as PostgreSQL would dump it, without schemas, for the path decides. Foreign keys are last.
_STATEMENTS: Final = """
WITH tables AS (
    SELECT oid, relname FROM pg_class WHERE relnamespace = %(source)s::regnamespace AND relkind = 'r'
), statements AS (
    SELECT 1 AS turn, relname AS name, format(
        'CREATE TABLE %%I.%%I (LIKE %%I.%%I INCLUDING ALL EXCLUDING INDEXES)', %(target)s, relname, %(source)s, relname
    ) AS text FROM tables
    UNION ALL
    SELECT CASE contype WHEN 'f' THEN 4 ELSE 2 END, conname, format(
        'ALTER TABLE %%I.%%I ADD CONSTRAINT %%I %%s', %(target)s, relname, conname, pg_get_constraintdef(c.oid, true)
    ) FROM pg_constraint c JOIN tables t ON t.oid = c.conrelid WHERE contype IN ('p', 'u', 'x', 'f')
    UNION ALL
    SELECT 3, i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid, 0, true)
    FROM pg_index i JOIN tables t ON t.oid = i.indrelid
    WHERE NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x'))
)
SELECT text FROM statements ORDER BY turn, name
"""


def bring_to_head() -> None:
    """Make the template if it is not there and apply the migrations it lacks, in a transaction of the owner's."""
    with owner.owner_tx(TEMPLATE_SCHEMA) as cursor:
        if not _is_at_head(cursor):
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            cursor.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(roles.name(TEMPLATE_SCHEMA)))
            schemas.apply_migrations(TEMPLATE_SCHEMA)


def copy_to(cursor: CursorWrapper, schema: str) -> None:
    """Make the template's tables in an empty schema, which the owner's open transaction has as its path."""
    cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_LOCK])
    _look_at(cursor, TEMPLATE_SCHEMA)
    cursor.execute(_STATEMENTS, {"source": TEMPLATE_SCHEMA, "target": schema})
    statements = [row[0] for row in cursor.fetchall()]
    _look_at(cursor, schema)
    cursor.execute(";\n".join(statements))
    copied = "INSERT INTO {0} (app, name, applied) SELECT app, name, applied FROM {1} ORDER BY id"
    record = sql.Identifier(_RECORD)
    cursor.execute(sql.SQL(copied).format(record, sql.Identifier(TEMPLATE_SCHEMA, _RECORD)))


def _is_at_head(cursor: CursorWrapper) -> bool:
    cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [f"{TEMPLATE_SCHEMA}.{_RECORD}"])
    if not cursor.fetchone()[0]:
        return False
    cursor.execute(sql.SQL("SELECT app, name FROM {}").format(sql.Identifier(TEMPLATE_SCHEMA, _RECORD)))
    return set(schemas.newest_of_brands()) <= set(cursor.fetchall())


def _look_at(cursor: CursorWrapper, schema: str) -> None:
    """Let names mean what is in a schema, until the transaction ends or looks elsewhere."""
    cursor.execute("SELECT set_config('search_path', %s, true)", [f"{schema}, {EXTENSIONS_SCHEMA}"])

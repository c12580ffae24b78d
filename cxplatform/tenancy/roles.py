"""Roles and grants: the DDL that makes the boundary provable. Runs as `owner`, never as the application.

Every name below is a constant or generated (`b_` or `s_` + 32 hex digits) and checked again before it is quoted.
"""

import re
from collections.abc import Iterable

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from cxplatform.tenancy.brand import EXTENSIONS_SCHEMA, SHARED_SCHEMA, inbox_role_of

# What brands and the shared plane have in common: USAGE on `ext`, and TEMP for staging tables.
COMMON_ROLE = "cx_common"
_SAFE = re.compile(r"\A([bs]_[0-9a-f]{32}|brand_template|shared|ext|cx_common)\Z")


class UnsafeName(ValueError):
    """A schema or role name that was not generated here."""


class UnsafeLogin(RuntimeError):
    """The application's login has rights that would make the boundary a decoration."""


def name(text: str) -> sql.Identifier:
    """Quote a generated schema or role name.

    Raises: UnsafeName, for anything else.
    """
    if not _SAFE.match(text):
        raise UnsafeName(f"{text!r} is not a generated name.")
    return sql.Identifier(text)


def prepare_database(cursor: CursorWrapper, *, login: str, password: str) -> None:
    """Make the login (if absent), the common and shared roles, the schemas `shared` and `ext`; close `public`.

    `btree_gist`, which every server has, lets a constraint say that no two spans of one row overlap.

    Idempotent. Raises: UnsafeLogin.
    """
    _ensure_login(cursor, login, password)
    database = sql.Identifier(_scalar(cursor, "SELECT current_database()"))
    ensure_role(cursor, COMMON_ROLE)
    for statement in (
        "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
        "GRANT CONNECT ON DATABASE {database} TO {login}",
        "GRANT TEMPORARY ON DATABASE {database} TO {common}",
        "CREATE SCHEMA IF NOT EXISTS {ext}",
        "GRANT USAGE ON SCHEMA {ext} TO {common}",
        "CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA {ext}",
    ):
        cursor.execute(
            sql.SQL(statement).format(
                database=database,
                login=sql.Identifier(login),
                common=name(COMMON_ROLE),
                ext=name(EXTENSIONS_SCHEMA),
            )
        )
    _close_public(cursor)
    make_schema(cursor, SHARED_SCHEMA, login=login)


def make_schema(cursor: CursorWrapper, schema: str, *, login: str) -> None:
    """Make a schema and the role of the same name, and let the login become that role. Idempotent."""
    ensure_role(cursor, schema)
    quoted = name(schema)
    cursor.execute(sql.SQL("GRANT {} TO {}").format(name(COMMON_ROLE), quoted))
    let_become(cursor, schema, login)
    cursor.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(quoted))


def let_become(cursor: CursorWrapper, role: str, login: str) -> None:
    """Let the login become a role, and inherit nothing from it."""
    become = "GRANT {} TO {} WITH INHERIT FALSE, SET TRUE" if _version(cursor) >= 160000 else "GRANT {} TO {}"
    cursor.execute(sql.SQL(become).format(name(role), sql.Identifier(login)))


def grant_tables(cursor: CursorWrapper, schema: str, *, append_only: Iterable[str]) -> None:
    """Give the schema's role DML on its tables; no changing of `append_only` ones, nothing on its migration record."""
    quoted = name(schema)
    for statement in (
        "GRANT USAGE ON SCHEMA {0} TO {0}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {0} TO {0}",
        "GRANT USAGE ON ALL SEQUENCES IN SCHEMA {0} TO {0}",
        "REVOKE ALL ON {0}.django_migrations FROM {0}",
    ):
        cursor.execute(sql.SQL(statement).format(quoted))
    for table in append_only:
        statement = "REVOKE UPDATE, DELETE ON {0}.{1} FROM {0}"
        cursor.execute(sql.SQL(statement).format(quoted, sql.Identifier(table)))


def drop_schema(cursor: CursorWrapper, schema: str) -> None:
    """Drop a brand's schema with all its data, and its roles."""
    cursor.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(name(schema)))
    for role in (schema, inbox_role_of(schema)):
        if role is not None and _role_exists(cursor, role):
            cursor.execute(sql.SQL("DROP ROLE {}").format(name(role)))


def _ensure_login(cursor: CursorWrapper, login: str, password: str) -> None:
    cursor.execute(
        "SELECT rolsuper OR rolinherit OR rolcreaterole OR rolbypassrls FROM pg_roles WHERE rolname = %s",
        [login],
    )
    row = cursor.fetchone()
    if row is None:
        cursor.execute(
            sql.SQL("CREATE ROLE {} LOGIN NOINHERIT PASSWORD {}").format(sql.Identifier(login), sql.Literal(password))
        )
        # Extensions' types and operators must resolve before any brand's door is opened.
        for setting in ("search_path = ext", "timezone = 'UTC'"):
            cursor.execute(sql.SQL("ALTER ROLE {} SET " + setting).format(sql.Identifier(login)))
    elif row[0]:
        raise UnsafeLogin(f"The login {login} must be NOINHERIT and neither superuser nor CREATEROLE.")


def ensure_role(cursor: CursorWrapper, role: str) -> None:
    """Make a role that nobody logs in as, if it is not there."""
    if _role_exists(cursor, role):
        return
    # Roles belong to the whole cluster: another database's preparation may have just made this one.
    cursor.execute(
        sql.SQL(
            "DO $$ BEGIN CREATE ROLE {} NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
        ).format(name(role))
    )


def _role_exists(cursor: CursorWrapper, role: str) -> bool:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    return cursor.fetchone() is not None


def _close_public(cursor: CursorWrapper) -> None:
    """Take `public` from everybody, where it still exists and is ours to close."""
    if _scalar(cursor, "SELECT to_regnamespace('public') IS NOT NULL"):
        cursor.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")


def _version(cursor: CursorWrapper) -> int:
    return int(_scalar(cursor, "SHOW server_version_num"))


def _scalar(cursor: CursorWrapper, statement: str) -> str:
    cursor.execute(statement)
    return str(cursor.fetchone()[0])

"""The roles and the database every installation has, whoever runs the server."""

from typing import LiteralString

from psycopg import Connection, sql

OWNER = "cx_owner"
APP = "app_login"
DATABASE = "cxplatform"

# Neither is a superuser. The owner makes brands (schemas and roles); the application's login has no
# rights of its own and must take a brand's role to see anything.
_ATTRIBUTES = {OWNER: "LOGIN CREATEROLE CREATEDB", APP: "LOGIN NOINHERIT"}


def ensure_roles(connection: Connection, passwords: dict[str, str]) -> None:
    """Make what is missing, through a superuser's autocommit connection."""
    for role, attributes in _ATTRIBUTES.items():
        if not _exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = %s", role):
            connection.execute(
                sql.SQL("CREATE ROLE {} {} PASSWORD {}").format(
                    sql.Identifier(role), sql.SQL(attributes), sql.Literal(passwords[role])
                )
            )
    # Extensions' types and operators must resolve before any brand's door is opened.
    connection.execute(sql.SQL("ALTER ROLE {} SET search_path = ext").format(sql.Identifier(APP)))
    connection.execute(sql.SQL("ALTER ROLE {} SET timezone = 'UTC'").format(sql.Identifier(APP)))
    if not _exists(connection, "SELECT 1 FROM pg_database WHERE datname = %s", DATABASE):
        statement = sql.SQL("CREATE DATABASE {} OWNER {}")
        connection.execute(statement.format(sql.Identifier(DATABASE), sql.Identifier(OWNER)))


def _exists(connection: Connection, query: LiteralString, name: str) -> bool:
    return connection.execute(query, (name,)).fetchone() is not None

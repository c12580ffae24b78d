"""What a database that somebody else runs must be for us, said in one line where it is not.

Nothing here needs Django's settings: `make demo` asks before it starts anything, `migrate_fleet` before it migrates.
"""

import re
import warnings
from collections.abc import Mapping
from typing import Any

import environ
import psycopg
from psycopg.conninfo import make_conninfo

_OLDEST = 15
_CONNECT_SECONDS = 5
_SERVER = """
SELECT current_setting('server_version_num')::int / 10000, current_setting('server_encoding'),
       r.rolsuper OR r.rolcreaterole, r.rolsuper OR pg_has_role(r.oid, d.datdba, 'USAGE'),
       EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'btree_gist')
FROM pg_roles r, pg_database d WHERE r.rolname = current_user AND d.datname = current_database()
"""
# One row for each right that would make the boundary a decoration, with the SQL that takes it away.
_TOO_MUCH = """
SELECT what, cure FROM pg_roles r, LATERAL (VALUES
    (r.rolsuper, 'is a superuser', 'NOSUPERUSER'), (r.rolinherit, 'is INHERIT', 'NOINHERIT'),
    (r.rolcreaterole, 'may create roles', 'NOCREATEROLE'), (r.rolbypassrls, 'is BYPASSRLS', 'NOBYPASSRLS'),
    (r.rolreplication, 'may replicate', 'NOREPLICATION')) AS flag (found, what, cure)
WHERE found AND r.rolname = %s
"""
_MAY_BECOME = r"""
SELECT g.rolname FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles r ON r.oid = m.member
WHERE r.rolname = %s AND g.rolname <> 'shared' AND g.rolname !~ '^[bs]_[0-9a-f]{32}$' ORDER BY 1
"""
_WHICH = "SELECT current_database(), pg_postmaster_start_time()"


class UnfitDatabase(RuntimeError):
    """The database named by DATABASE_URL or DATABASE_OWNER_URL cannot serve; the message says why and the cure."""


def settings_of(variable: str, url: str) -> dict[str, Any]:
    """Read a database URL as the settings do.

    Raises: UnfitDatabase, naming the variable and never the URL, which holds a password.
    """
    try:
        with warnings.catch_warnings(action="ignore"):
            found: dict[str, Any] = environ.Env.db_url_config(url)
    except ValueError:
        found = {}
    if "postgres" not in found.get("ENGINE", "") or not found.get("NAME"):
        raise UnfitDatabase(f"{variable} is no URL of a PostgreSQL database (postgres://user:password@host:5432/name)")
    return found


def check_database(application: Mapping[str, Any], owner: Mapping[str, Any]) -> None:
    """Look at the server through both logins; the application's may not exist yet, as `owner` can make it.

    Raises: UnfitDatabase.
    """
    login = application["USER"]
    if login == owner["USER"]:
        raise UnfitDatabase(
            f"DATABASE_URL and DATABASE_OWNER_URL both log in as {login}; the first needs its own login"
        )
    with _connect("DATABASE_OWNER_URL", owner) as connection:
        _check_owner(connection, owner["USER"], owner["NAME"])
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [login]).fetchone()
        if known is None:
            return
        _check_login(connection, login)
        owners = connection.execute(_WHICH).fetchone()
    with _connect("DATABASE_URL", application) as connection:
        if connection.execute(_WHICH).fetchone() != owners:
            raise UnfitDatabase("DATABASE_URL and DATABASE_OWNER_URL lead to two databases; they must be one")


def _check_owner(connection: psycopg.Connection, role: str, database: str) -> None:
    version, encoding, creates_roles, owns, extends = connection.execute(_SERVER).fetchone() or (0, "", *[False] * 3)
    if version < _OLDEST:
        raise UnfitDatabase(f"the server is PostgreSQL {version}; {_OLDEST} or newer is needed")
    if encoding != "UTF8":
        raise UnfitDatabase(f"the database {database} is encoded in {encoding}; it must be made with ENCODING 'UTF8'")
    if not creates_roles:
        raise UnfitDatabase(
            f"{role} (DATABASE_OWNER_URL) may not create roles; as a superuser run: ALTER ROLE {role} CREATEROLE"
        )
    if not owns:
        raise UnfitDatabase(
            f"{role} (DATABASE_OWNER_URL) does not own the database {database}; "
            f"as a superuser run: ALTER DATABASE {database} OWNER TO {role}"
        )
    if not extends:
        raise UnfitDatabase("the server lacks the extension btree_gist; install PostgreSQL's contrib package beside it")


def _check_login(connection: psycopg.Connection, login: str) -> None:
    flags = connection.execute(_TOO_MUCH, [login]).fetchall()
    if flags:
        raise UnfitDatabase(
            f"{login} (DATABASE_URL) {' and '.join(what for what, _ in flags)}, which would open every brand to it; "
            f"as a superuser run: ALTER ROLE {login} {' '.join(cure for _, cure in flags)}"
        )
    others = [name for (name,) in connection.execute(_MAY_BECOME, [login]).fetchall()]
    if others:
        raise UnfitDatabase(
            f"{login} (DATABASE_URL) is a member of {', '.join(others)} and must be of nothing but brands; "
            f"run: REVOKE {', '.join(others)} FROM {login}"
        )


def _connect(variable: str, settings: Mapping[str, Any]) -> psycopg.Connection:
    given = {"host": settings["HOST"], "port": settings["PORT"], "user": settings["USER"], "dbname": settings["NAME"]}
    options = {"connect_timeout": _CONNECT_SECONDS, **settings.get("OPTIONS", {}), "password": settings["PASSWORD"]}
    known = {name: value for name, value in (given | options).items() if value not in (None, "")}
    try:
        return psycopg.connect(make_conninfo(**known), autocommit=True)
    except psycopg.Error as error:
        raise UnfitDatabase(f"{variable}: {_reason(str(error))}") from error


def _reason(text: str) -> str:
    """Keep the first line that says something: libpq says it once for each address of the host."""
    lines = [line.strip(" -\t") for line in text.splitlines() if line.strip()]
    serious = next((found[0] for line in lines if (found := re.search(r"(?:FATAL|ERROR): .*", line))), "")
    first = re.sub(r"^connection failed: ", "", lines[0]) if lines else "no connection"
    return re.sub(r"^(FATAL|ERROR): +", "", serious) or first

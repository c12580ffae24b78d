"""One embedded PostgreSQL and Valkey for a whole run; a database with two brands for each worker process."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, LiteralString
from urllib.parse import urlsplit
from uuid import UUID

import environ
import psycopg
from django.conf import settings
from django.db import connections
from django.utils import timezone

from cxplatform.embedded import EmbeddedPostgres, EmbeddedValkey
from cxplatform.tenancy.brand import BrandRef

ADMIN, OWNER, APP, VALKEY = "CX_TEST_ADMIN_URL", "CX_TEST_OWNER_URL", "CX_TEST_APP_URL", "CX_TEST_VALKEY_URL"
FOLDER = "CX_TEST_FOLDER"
# The folder of another PostgreSQL's programs to test on, such as /usr/lib/postgresql/15/bin; unset: our own.
PROGRAMS = "CX_TEST_POSTGRES"
_MADE, _MAKING = "test_made", "test_being_made"

ACME = BrandRef(UUID("01900000-0000-7000-8000-00000000ac3e"), "acme", "Acme", "America/New_York", "USD", "en", "ACTIVE")
GLOBEX = BrandRef(
    UUID("01900000-0000-7000-8000-000000910be8"), "globex", "Globex", "Europe/Berlin", "EUR", "de", "ACTIVE"
)

# A table that nothing was ever written to is a file of no bytes. What grew large is truncated: its dead rows would slow
# down whoever comes after. Triggers, and so foreign keys, sleep meanwhile; who is writing is waited for.
_EMPTY_WRITTEN: LiteralString = """
    DO $$
    DECLARE
        written CONSTANT regclass[] := ARRAY(
            SELECT c.oid::regclass FROM pg_class c
            WHERE c.relkind = 'r' AND pg_relation_size(c.oid) > 0
                AND (c.relnamespace::regnamespace::text LIKE 'b\\_%' OR c.relnamespace = 'shared'::regnamespace)
                AND c.relname NOT IN ('django_migrations', 'accounts_brand', 'tenancy_schema_state')
            ORDER BY c.oid);
        its regclass;
    BEGIN
        SET LOCAL session_replication_role = replica;
        FOREACH its IN ARRAY written LOOP
            IF pg_relation_size(its) > 1000000 THEN
                EXECUTE format('TRUNCATE %s CASCADE', its);
            ELSE
                EXECUTE format('LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE', its);
                EXECUTE format('DELETE FROM %s', its);
            END IF;
        END LOOP;
    END $$"""

_running: dict[str, Any] = {}


def start(*, durable: bool = False) -> None:
    """Start both servers and leave their URLs in the environment for the worker processes.

    `durable` for measuring: then a COMMIT waits for the disk, as it does in earnest.
    """
    folder = Path(tempfile.mkdtemp(prefix="cxplatform-tests-"))
    folder.chmod(0o755)
    os.environ[FOLDER] = str(folder)
    postgres = EmbeddedPostgres(folder / "postgres", durable=durable, binaries=programs())
    valkey = EmbeddedValkey(folder / "valkey")
    urls = postgres.start()
    os.environ.update({ADMIN: urls.admin, OWNER: urls.owner, APP: urls.app, VALKEY: valkey.start()})
    _running.update(postgres=postgres, valkey=valkey, folder=folder)


def programs() -> Path | None:
    """Return the PostgreSQL to test on, if it is not our own."""
    return Path(os.environ[PROGRAMS]) if os.environ.get(PROGRAMS) else None


def stop() -> None:
    """Stop both servers and remove their files."""
    for name in ("valkey", "postgres"):
        if name in _running:
            _running[name].stop()
    if "folder" in _running:
        shutil.rmtree(_running["folder"], ignore_errors=True)
    _running.clear()


@contextmanager
def database_of(worker: str) -> Iterator[str]:
    """Make the worker's database, point Django at it, and drop it at the end."""
    name = f"test_{worker}"
    with _one_worker_at_a_time(), psycopg.connect(os.environ[ADMIN], autocommit=True) as admin:
        if admin.execute("SELECT FROM pg_database WHERE datname = %s", [_MADE]).fetchone() is None:
            _make_once(admin)
        admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        # Copied as files, which is quicker than by the log where nothing is flushed.
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{_MADE}" OWNER cx_owner STRATEGY file_copy')
        _point_django_at(name)
        _grant_database()
    try:
        yield name
    finally:
        _leave_database()
        with psycopg.connect(os.environ[ADMIN], autocommit=True) as admin:
            admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _make_once(admin: psycopg.Connection[Any]) -> None:
    """Make the database that every worker gets a copy of: to apply all migrations takes longer than to copy them."""
    admin.execute(f'DROP DATABASE IF EXISTS "{_MAKING}" WITH (FORCE)')
    admin.execute(f'CREATE DATABASE "{_MAKING}" OWNER cx_owner')
    _point_django_at(_MAKING)
    _make_brands()
    _leave_database()
    # Under its name it is whole.
    admin.execute(f'ALTER DATABASE "{_MAKING}" RENAME TO "{_MADE}"')


def _grant_database() -> None:
    """Give the roles their rights on a copy: those on the database itself are not copied with it."""
    from cxplatform.tenancy import owner, roles
    from cxplatform.tenancy.brand import SHARED_SCHEMA

    login, password = owner.login_of_application()
    with owner.owner_tx(SHARED_SCHEMA) as cursor:
        roles.prepare_database(cursor, login=login, password=password)


def _leave_database() -> None:
    for alias in ("default", "owner"):
        connections[alias].close()


def url(variable: str, database: str | None = None) -> str:
    """Return a server's URL, for another database than the one it names if asked."""
    parts = urlsplit(os.environ[variable])
    return parts._replace(path=f"/{database}").geturl() if database else parts.geturl()


def process_environment() -> dict[str, str]:
    """Return what a process of its own needs to work on this worker's database."""
    database = connections["default"].settings_dict["NAME"]
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "DATABASE_URL": url(APP, database),
        "DATABASE_OWNER_URL": url(OWNER, database),
        "BROKER_URL": os.environ[VALKEY],
        "CACHE_URL": os.environ[VALKEY],
        "CX_DATA_DIR": str(settings.CX_DATA_DIR),
        "SECRET_KEY": settings.SECRET_KEY,
        "CX_KEY_PEPPER": settings.CX_KEY_PEPPER,
    }


def empty_tables() -> None:
    """Empty every table of every brand, and the shared ones but for the brands of the session.

    Deleting a test's few rows costs a tenth of a TRUNCATE of every table.
    """
    _empty_written(connections["default"].settings_dict["NAME"])
    with connections["owner"].cursor() as cursor:
        cursor.execute("DELETE FROM shared.accounts_brand WHERE NOT id = ANY(%s)", [[ACME.id, GLOBEX.id]])
        cursor.execute("UPDATE shared.accounts_brand SET status = 'ACTIVE', failure = ''")


def _empty_written(database: str, tries: int = 5) -> None:
    """Empty what was written.

    Whoever is still at it for a socket that was closed locks tables in another order, and a test that ends connections
    ends this one too.
    """
    try:
        _admin_of(database).execute(_EMPTY_WRITTEN)
    except psycopg.OperationalError:
        if tries == 1:
            raise
        _admin_of(database).close()
        _admin_of.cache_clear()
        _empty_written(database, tries - 1)


@cache
def _admin_of(database: str) -> psycopg.Connection[Any]:
    return psycopg.connect(url(ADMIN, database), autocommit=True)


def _point_django_at(database: str) -> None:
    for alias, variable in (("default", APP), ("owner", OWNER)):
        connection = connections[alias]
        connection.close()
        connection.settings_dict.update(
            {key: value for key, value in environ.Env.db_url_config(url(variable, database)).items() if key != "ENGINE"}
        )
    settings.BROKER_URL = settings.CACHE_URL = os.environ[VALKEY]


@contextmanager
def _one_worker_at_a_time() -> Iterator[None]:
    """Take turns: roles belong to the cluster, and two workers granting one at once disturb each other."""
    with Path(os.environ[FOLDER], "roles.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make_brands() -> None:
    from apps.accounts.models import Brand
    from apps.accounts.provisioning import make_whole
    from cxplatform.tenancy import fleet
    from cxplatform.tenancy.doors import shared_tx

    fleet.migrate_shared()
    for brand in (ACME, GLOBEX):
        details = {key: value for key, value in vars(replace(brand)).items() if key not in ("status", "zone")}
        with shared_tx():
            Brand.objects.create(status="REQUESTED", created_at=timezone.now(), **details)
        make_whole(brand.id, now=timezone.now())

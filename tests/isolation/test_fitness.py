"""A database that would make the boundary a decoration, or cannot serve, is refused with the cure."""

import os
from collections.abc import Callable, Iterator
from uuid import uuid4

import psycopg
import pytest
from django.db import connections

from cxplatform.tenancy.fitness import UnfitDatabase, check_database, settings_of
from tests import cluster

pytestmark = pytest.mark.usefixtures("django_db_setup")
MakeRole = Callable[[str], str]


@pytest.fixture
def admin() -> Iterator[psycopg.Connection]:
    database = connections["default"].settings_dict["NAME"]
    with psycopg.connect(cluster.url(cluster.ADMIN, database), autocommit=True) as connection:
        yield connection


@pytest.fixture
def role(admin: psycopg.Connection) -> Iterator[MakeRole]:
    """Make roles with these attributes that may connect to this worker's database; drop them in the end."""
    made: list[str] = []
    database = connections["default"].settings_dict["NAME"]

    def make(attributes: str) -> str:
        name = f"unfit_{uuid4().hex[:8]}"
        admin.execute(f"CREATE ROLE {name} LOGIN {attributes} PASSWORD 'secret'")
        admin.execute(f'GRANT CONNECT ON DATABASE "{database}" TO {name}')
        made.append(name)
        return name

    yield make
    for name in made:
        admin.execute(f"DROP OWNED BY {name}")
        admin.execute(f"DROP ROLE {name}")


def refusal(*, login: str = "", owner: str = "", owner_database: str = "") -> str:
    """Check this worker's database with other roles or another owner's database; return what is said."""
    application, owning = dict(connections["default"].settings_dict), dict(connections["owner"].settings_dict)
    for settings, name in ((application, login), (owning, owner)):
        if name:
            settings.update(USER=name, PASSWORD="secret")
    owning["NAME"] = owner_database or owning["NAME"]
    with pytest.raises(UnfitDatabase) as refused:
        check_database(application, owning)
    return str(refused.value)


def test_the_servers_of_the_tests_are_fit():
    check_database(connections["default"].settings_dict, connections["owner"].settings_dict)


@pytest.mark.parametrize(
    ("attributes", "what", "cure"),
    [
        ("NOINHERIT SUPERUSER", "is a superuser", "NOSUPERUSER"),
        ("INHERIT", "is INHERIT", "NOINHERIT"),
        ("INHERIT CREATEROLE", "is INHERIT and may create roles", "NOINHERIT NOCREATEROLE"),
        ("NOINHERIT BYPASSRLS", "is BYPASSRLS", "NOBYPASSRLS"),
        ("NOINHERIT REPLICATION", "may replicate", "NOREPLICATION"),
    ],
)
def test_a_login_with_rights_of_its_own(role: MakeRole, attributes: str, what: str, cure: str):
    login = role(attributes)

    assert refusal(login=login) == (
        f"{login} (DATABASE_URL) {what}, which would open every brand to it; "
        f"as a superuser run: ALTER ROLE {login} {cure}"
    )


def test_a_login_that_may_become_more_than_brands(role: MakeRole, admin: psycopg.Connection):
    login = role("NOINHERIT")
    admin.execute(f"GRANT shared, pg_read_all_data TO {login}")

    assert refusal(login=login) == (
        f"{login} (DATABASE_URL) is a member of pg_read_all_data and must be of nothing but brands; "
        f"run: REVOKE pg_read_all_data FROM {login}"
    )


def test_one_login_for_both():
    assert refusal(login="cx_owner") == (
        "DATABASE_URL and DATABASE_OWNER_URL both log in as cx_owner; the first needs its own login"
    )


def test_an_owner_that_may_not_make_roles(role: MakeRole):
    owner = role("")

    assert refusal(owner=owner) == (
        f"{owner} (DATABASE_OWNER_URL) may not create roles; as a superuser run: ALTER ROLE {owner} CREATEROLE"
    )


def test_a_database_that_is_not_the_owners():
    assert refusal(owner_database="postgres") == (
        "cx_owner (DATABASE_OWNER_URL) does not own the database postgres; "
        "as a superuser run: ALTER DATABASE postgres OWNER TO cx_owner"
    )


def test_two_databases():
    assert refusal(owner_database="cxplatform") == (
        "DATABASE_URL and DATABASE_OWNER_URL lead to two databases; they must be one"
    )


def test_a_wrong_password(role: MakeRole):
    login = role("NOINHERIT")
    application = connections["default"].settings_dict | {"USER": login, "PASSWORD": "guessed"}

    with pytest.raises(UnfitDatabase) as refused:
        check_database(application, connections["owner"].settings_dict)

    assert str(refused.value) == f'DATABASE_URL: password authentication failed for user "{login}"'


@pytest.mark.parametrize("url", ["nonsense", "mysql://a:secret@h/x", "postgres://a:secret@h:port/x", "postgres://h"])
def test_what_is_no_url_is_not_repeated(url: str):
    with pytest.raises(UnfitDatabase) as refused:
        settings_of("DATABASE_URL", url)

    assert str(refused.value) == (
        "DATABASE_URL is no URL of a PostgreSQL database (postgres://user:password@host:5432/name)"
    )


def test_options_of_a_url_reach_the_server():
    url = cluster.url(cluster.OWNER) + "?application_name=asked"
    options = settings_of("DATABASE_OWNER_URL", url)["OPTIONS"]

    assert options == {"application_name": "asked"}
    assert os.environ[cluster.OWNER] in url

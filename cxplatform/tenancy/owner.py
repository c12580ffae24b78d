"""The owner's side: one transaction as `owner`, for migrations and the making of brands alone."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

from cxplatform.tenancy.brand import EXTENSIONS_SCHEMA
from cxplatform.tenancy.fitness import UnfitDatabase, check_database
from cxplatform.tenancy.roles import name

ALIAS = "owner"
_VARIABLES = {"default": "DATABASE_URL", ALIAS: "DATABASE_OWNER_URL"}


@contextmanager
def owner_tx(schema: str, *, lock_timeout_ms: int = 5_000) -> Iterator[CursorWrapper]:
    """Open one transaction as `owner` whose path is the schema, local to it; lend its cursor.

    Raises: UnfitDatabase in a process that was not told the owner's URL.
    """
    name(schema)
    _check_set(ALIAS)
    connection = connections[ALIAS]
    with transaction.atomic(using=ALIAS), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('search_path', %s, true), set_config('lock_timeout', %s, true)",
            [f"{schema}, {EXTENSIONS_SCHEMA}", str(lock_timeout_ms)],
        )
        yield cursor


def check_logins() -> None:
    """See that both logins are set, reach one database, and have the rights they need and no more.

    Raises: UnfitDatabase.
    """
    for alias in _VARIABLES:
        _check_set(alias)
    check_database(connections["default"].settings_dict, connections[ALIAS].settings_dict)


def login_of_application() -> tuple[str, str]:
    """Return the user and password the application logs in with."""
    settings = connections["default"].settings_dict
    return str(settings["USER"]), str(settings["PASSWORD"])


def _check_set(alias: str) -> None:
    if not connections[alias].settings_dict["NAME"]:
        raise UnfitDatabase(f"{_VARIABLES[alias]} is not set")
